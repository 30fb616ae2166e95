/** Invitations of accounts: who may take part in a journey, and what has to hold for those who are yet to be made. */
import type { Account } from './accounts.ts';
import { ConfigurationError } from './configuration-error.ts';
import { keepSecret } from './secrets.ts';
import type { Settings } from './settings-table.ts';

/** The journey that makes accounts from invitations. */
export const ONBOARDING = 'onboard';

/**
 * The accounts in the order in which they are given to analysts. Onboarding takes those with an invitation, and leaves of the
 * others the first admin of each organisation, who cleans up; any other journey takes those with an invitation last, for they
 * may have no account yet.
 * @throws ConfigurationError when too few have an invitation, or two have the same.
 */
export function accountsForJourney(
  accounts: readonly Account[],
  { JOURNEY, ANALYSTS }: Pick<Settings, 'JOURNEY' | 'ANALYSTS'>,
): Account[] {
  const invited = accounts.filter(({ invitation }) => invitation !== undefined);
  const others = accounts.filter(({ invitation }) => invitation === undefined);
  if (JOURNEY !== ONBOARDING) return [...others, ...invited];
  const usable = invited.filter(({ role }) => role !== 'external_partner');
  if (usable.length < ANALYSTS)
    throw new ConfigurationError(
      `JOURNEY=${ONBOARDING} needs an invitation for each of ${ANALYSTS} analysts, and ${usable.length} accounts of admins or members have one: add "invitation" (the link) to accounts in the accounts file, or lower ANALYSTS.`,
    );
  const twin = invited.find((account, index) => invited.findIndex((other) => sameLink(other, account)) !== index);
  if (twin)
    throw new ConfigurationError(
      `The invitation of ${twin.email} is that of another account too: each link makes one account, so give every account its own.`,
    );
  const admins = others.filter(
    (account) =>
      account.role === 'admin' &&
      account === others.find(({ role, organization }) => role === 'admin' && organization === account.organization),
  );
  return [...admins, ...invited];
}

function sameLink(one: Account, other: Account): boolean {
  return one.invitation === other.invitation;
}

/** Settings that onboarding excludes. @returns a sentence for each problem. */
export function onboardingContradictions({ JOURNEY, AUTH_MODE }: Pick<Settings, 'JOURNEY' | 'AUTH_MODE'>): string[] {
  return JOURNEY === ONBOARDING && AUTH_MODE !== 'hosted'
    ? [
        `JOURNEY is ${ONBOARDING} but AUTH_MODE is ${AUTH_MODE}: invitations are accepted, and accounts tried, through the product's forms. Unset AUTH_MODE.`,
      ]
    : [];
}

/** Of forty accounts of the sandbox, thirty can begin as invitations. */
const invitedOfForty = 30;

/** What the embedded sandbox is started with besides, so that every analyst of an onboarding has an invitation. */
export function sandboxInvitations(
  { JOURNEY, ANALYSTS }: Pick<Settings, 'JOURNEY' | 'ANALYSTS'>,
  given: { readonly accounts: number; readonly invitations: number },
): Record<string, string> {
  if (JOURNEY !== ONBOARDING) return {};
  const invitations = Math.max(ANALYSTS, given.invitations);
  const accounts = Math.max(given.accounts, 40 * Math.ceil(invitations / invitedOfForty));
  return { SANDBOX_INVITATIONS: String(invitations), SANDBOX_ACCOUNTS: String(accounts) };
}

/** Shorter parts of an address are words. */
const shortestToken = 16;

/** From now on what makes a link the one it is, is veiled wherever it would be told: whoever reads it could accept the invitation. */
export function keepInvitation(link: string | undefined): void {
  if (link === undefined) return;
  const { pathname, search, searchParams } = new URL(link);
  const tokens = [...pathname.split('/'), ...searchParams.values()].filter(({ length }) => length >= shortestToken);
  for (const token of tokens.length > 0 ? tokens : [pathname + search]) keepSecret('token', token);
}
