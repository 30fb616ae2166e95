import { roles, type Role } from './contract.ts';
import type { Account } from './ports.ts';
import { defaultPassword } from './settings.ts';

/** How many of each role and organisation are shown. */
const shown: Record<Role, number> = { admin: 1, member: 2, external_partner: 1 };

/**
 * Some accounts of every role and organisation, for a person to choose from, and how to sign in as them. A password that
 * somebody set is theirs to know: only the default one is told.
 */
export function accountTable(accounts: readonly Account[], password: string): string {
  const organizations = [...new Set(accounts.map(({ organization }) => organization))];
  const chosen = organizations.flatMap((organization) =>
    roles.flatMap((role) =>
      accounts
        // Who is invited has no account yet.
        .filter((each) => each.organization === organization && each.role === role && each.invitation === undefined)
        .slice(0, shown[role]),
    ),
  );
  const width = Math.max(...chosen.map(({ email }) => email.length));
  const lines = chosen.map(
    ({ email, role, organization }) => `  ${email.padEnd(width)}  ${role.padEnd(16)}  ${organization}`,
  );
  const secret = password === defaultPassword ? password : 'as in SANDBOX_PASSWORD';
  const more = accounts.length - chosen.length;
  return [
    '',
    `Open the address in a browser and sign in, password ${secret}:`,
    ...lines,
    ...(more > 0 ? [`  and ${more} more in the accounts file`] : []),
    '',
    'Ctrl-C ends it.',
  ].join('\n');
}
