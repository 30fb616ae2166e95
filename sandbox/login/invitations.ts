/** Invitations, as whoever makes and follows them sees them: links, whose tokens the store does not know. */
import { createHash } from 'node:crypto';
import { signature } from '../http/sessions.ts';
import type { PendingInvitation, Role, Session } from '../contract.ts';
import { hashPassword, shortestPassword, verifyPassword } from '../store/accounts.ts';
import { newId, type SandboxStore } from '../store/index.ts';
import type { Invitation, Standing } from '../store/invitations.ts';
import type { Grant } from './codes.ts';

/** Characters that somebody new may enter at most. */
export const longestPassword = 200;
export const longestName = 100;

/** What a follower of a link is shown. */
export interface Offer extends Invitation {
  /** Whether the address has an account already, of whatever organisation. */
  hasAccount: boolean;
}

/** What is wrong with what somebody entered: a sentence for each field. */
export interface EntryProblems {
  name?: string;
  password?: string;
}

export interface Invitations {
  /** Invites an address to the organisation of whoever asks. */
  invite(by: Session, invited: { email: string; role: Role }): PendingInvitation | 'member' | 'pending';
  /** Those of an organisation that can still be accepted, newest first. */
  pending(orgId: string): PendingInvitation[];
  revoke(invitationId: string, orgId: string): boolean;
  /** The link of the newest invitation of an address that was not revoked and has not expired unused, if there is one. */
  linkOf(orgId: string, email: string): string | undefined;
  find(token: string): Offer | undefined;
  /** Accepts with a new account, or with the password of the one there is; spent by asking when what was entered will do. */
  accept(
    token: string,
    entered: { name: string; password: string },
  ): Promise<Grant | EntryProblems | Exclude<Standing, 'pending'> | 'unknown' | 'has-account'>;
}

export interface InvitationOptions {
  store: Pick<SandboxStore, 'invitations' | 'people'>;
  /** The data folder's own secret. */
  secret: Uint8Array;
  /** How long a link is good for. */
  days: number;
  /** The sign-in's origin, known once it listens. */
  loginUrl: () => string;
}

const tokenPattern = /^[A-Za-z0-9_-]{43}$/;
const dayMs = 86_400_000;

export function createInvitations({ store, secret, days, loginUrl }: InvitationOptions): Invitations {
  const { invitations, people } = store;
  // 32 bytes that follow from the folder's secret and a random id: the link can be copied later, and is stored nowhere.
  const tokenOf = (id: string): string => signature(secret, `invitation ${id}`);
  const linkTo = (id: string): string => `${loginUrl()}/invitations/${tokenOf(id)}`;
  const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

  function toPending({ id, email, role, invitedBy, createdAt, expiresAt }: Invitation): PendingInvitation {
    return { invitationId: id, email, role, invitedBy, createdAt, expiresAt, link: linkTo(id) };
  }

  function find(token: string): Offer | undefined {
    const found = tokenPattern.test(token) ? invitations.byToken(hashOf(token)) : undefined;
    return found && { ...found, hasAccount: people.byEmail(found.email) !== undefined };
  }

  return {
    invite: (by, { email, role }) => {
      const id = newId();
      const added = invitations.add({
        id,
        orgId: by.orgId,
        email: email.toLowerCase(),
        role,
        inviterId: by.userId,
        tokenHash: hashOf(tokenOf(id)),
        expiresAt: Date.now() + days * dayMs,
      });
      return typeof added === 'string' ? added : toPending(added);
    },
    pending: (orgId) => invitations.pending(orgId).map(toPending),
    revoke: (invitationId, orgId) => invitations.revoke(invitationId, orgId),
    linkOf: (orgId, email) => {
      const latest = invitations.latest(orgId, email);
      return latest && ['pending', 'used'].includes(latest.standing) ? linkTo(latest.id) : undefined;
    },
    find,
    accept: async (token, { name, password }) => {
      const offer = find(token);
      if (offer === undefined) return 'unknown';
      if (offer.standing !== 'pending') return offer.standing;
      if (!offer.hasAccount) {
        const problems = entryProblems(name, password);
        if (Object.keys(problems).length > 0) return problems;
        const passwordHash = await hashPassword(password);
        return invitations.accept(hashOf(token), { name, passwordHash });
      }
      const account = people.byEmail(offer.email);
      if (account === undefined || !(await verifyPassword(password, account.passwordHash))) {
        return { password: 'Incorrect password' };
      }
      return invitations.accept(hashOf(token), { userId: account.session.userId });
    },
  };
}

function entryProblems(name: string, password: string): EntryProblems {
  return {
    ...(name === '' && { name: 'Enter your name' }),
    ...(name.length > longestName && { name: `The name must have at most ${longestName} characters` }),
    ...(password.length < shortestPassword && {
      password: `The password must have at least ${shortestPassword} characters`,
    }),
    ...(password.length > longestPassword && {
      password: `The password must have at most ${longestPassword} characters`,
    }),
  };
}
