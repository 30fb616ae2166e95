import type { Account, PeopleStore } from '../ports.ts';
import { invitedAmong } from '../store/accounts.ts';
import type { Invitations } from './invitations.ts';

/**
 * Invites the accounts that begin as invitations, each once and by the first admin of its organisation, and puts the links
 * beside them. Who was a member before there were invitations stays without one.
 */
export function inviteAccounts(
  accounts: readonly Account[],
  count: number,
  { people, invitations }: { people: PeopleStore; invitations: Pick<Invitations, 'invite' | 'linkOf'> },
): Account[] {
  const invited = invitedAmong(accounts, count);
  return accounts.map((account) => {
    if (!invited.has(account)) return account;
    const admin = accounts.find(({ role, organization }) => role === 'admin' && organization === account.organization);
    const by = admin && people.byEmail(admin.email)?.session;
    if (by === undefined) throw new Error(`${account.organization} has no admin who could invite ${account.email}.`);
    const link = invitations.linkOf(by.orgId, account.email) ?? newLink(invitations.invite(by, account));
    return link === undefined ? account : { ...account, invitation: link };
  });
}

function newLink(made: ReturnType<Invitations['invite']>): string | undefined {
  return typeof made === 'object' ? made.link : undefined;
}
