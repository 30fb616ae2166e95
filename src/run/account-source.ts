/** The accounts that a run may use: those of the accounts file, or one that everybody is where the product lets everybody in. */
import { readAccounts, type Account } from './accounts.ts';
import { ConfigurationError } from './configuration-error.ts';
import { keepInvitation } from './invitations.ts';
import { keepSecret } from './secrets.ts';
import type { Settings } from './settings.ts';

type AccountSettings = Pick<Settings, 'AUTH_MODE' | 'ANALYSTS'>;

/** @throws ConfigurationError when the file is missing or malformed, or lacks what the sign-in needs. */
export async function accountsFor(settings: AccountSettings, accountsFile: string): Promise<Account[]> {
  const { AUTH_MODE, ANALYSTS } = settings;
  // One more than analysts: an admin is kept back for cleanup.
  if (AUTH_MODE === 'bypass') return Array.from({ length: ANALYSTS + 1 }, (_, index) => everybody(index));
  const accounts = await readAccounts(accountsFile);
  const without = accounts.filter(({ password }) => password === '').map(({ email }) => email);
  if (AUTH_MODE === 'hosted' && without.length > 0)
    throw new ConfigurationError(
      `The accounts file ${accountsFile} has no password for ${without.slice(0, 5).join(', ')}${without.length > 5 ? ` and ${without.length - 5} more` : ''}: give each account its "password", or set AUTH_MODE=token.`,
    );
  for (const { password, invitation } of accounts) {
    keepSecret('password', password);
    keepInvitation(invitation);
  }
  return accounts;
}

/** The product knows one user only; the numbers tell the analysts apart in our own records. */
function everybody(index: number): Account {
  return {
    email: `everybody-${index + 1}`,
    password: '',
    name: 'Everybody',
    organization: 'the one organization',
    role: 'admin',
  };
}
