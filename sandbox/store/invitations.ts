import type { Role } from '../contract.ts';
import type { Commits } from './commits.ts';
import type { Sql } from './database.ts';
import type { People } from './people.ts';

/** What has become of an invitation. */
export type Standing = 'pending' | 'used' | 'revoked' | 'expired';

/** Times are milliseconds since 1970. */
export interface Invitation {
  id: string;
  createdAt: number;
  expiresAt: number;
  orgId: string;
  organization: string;
  email: string;
  role: Role;
  /** The name of whoever invites. */
  invitedBy: string;
  standing: Standing;
}

export interface NewInvitation {
  id: string;
  orgId: string;
  email: string;
  role: Role;
  /** The user who invites, by id. */
  inviterId: string;
  /** SHA-256 of the link's token, which is not kept. */
  tokenHash: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Who accepts: somebody new, or an account that has just proved who it is. */
export type Acceptor = { name: string; passwordHash: string } | { userId: string };

export interface InvitationStore {
  /**
   * Adds an invitation; one of the same address that has expired makes room for it.
   * Refuses an address that is a member of the organisation already, or is invited to it.
   */
  add(invitation: NewInvitation): Invitation | 'member' | 'pending';
  /** Those of an organisation that can still be accepted, newest first. */
  pending(orgId: string): Invitation[];
  /** The newest one of an address, whatever has become of it. */
  latest(orgId: string, email: string): Invitation | undefined;
  byToken(tokenHash: string): Invitation | undefined;
  /** False: there is no such invitation, or it cannot be accepted any more. */
  revoke(id: string, orgId: string): boolean;
  /**
   * Spends an invitation and makes its account and membership, all of it or nothing; somebody removed becomes a member again.
   * Returns what stood in the way: what has become of the invitation, or `'has-account'` when somebody new has one by now.
   */
  accept(
    tokenHash: string,
    acceptor: Acceptor,
  ): { userId: string; orgId: string } | Exclude<Standing, 'pending'> | 'unknown' | 'has-account';
}

interface InvitationRecord extends Omit<Invitation, 'role' | 'standing'> {
  role: string;
  acceptedAt: number | null;
  revokedAt: number | null;
}

const columns = `i.id, i.created_at AS createdAt, i.expires_at AS expiresAt, i.org_id AS orgId, o.name AS organization,
  i.email, i.role, u.name AS invitedBy, i.accepted_at AS acceptedAt, i.revoked_at AS revokedAt`;
const tables = 'invitations i JOIN organizations o ON o.id = i.org_id JOIN users u ON u.id = i.invited_by';
const open = 'accepted_at IS NULL AND revoked_at IS NULL';

function standingOf({ acceptedAt, revokedAt, expiresAt }: InvitationRecord): Standing {
  if (acceptedAt !== null) return 'used';
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= Date.now() ? 'expired' : 'pending';
}

function toInvitation(record: InvitationRecord): Invitation {
  const { id, createdAt, expiresAt, orgId, organization, email, role, invitedBy } = record;
  const standing = standingOf(record);
  return { id, createdAt, expiresAt, orgId, organization, email, role: role as Role, invitedBy, standing };
}

/** Invitations to an organisation. */
export function openInvitations(sql: Sql, commits: Commits, people: People): InvitationStore {
  const selectPending = sql.prepare<InvitationRecord>(
    `SELECT ${columns} FROM ${tables} WHERE i.org_id = ? AND ${open} AND i.expires_at > ? ORDER BY i.created_at DESC, i.rowid DESC`,
  );
  const selectLatest = sql.prepare<InvitationRecord>(
    `SELECT ${columns} FROM ${tables} WHERE i.org_id = ? AND i.email = ? ORDER BY i.created_at DESC, i.rowid DESC LIMIT 1`,
  );
  const selectByToken = sql.prepare<InvitationRecord>(`SELECT ${columns} FROM ${tables} WHERE i.token_hash = ?`);
  const insert = sql.prepare(
    `INSERT INTO invitations (id, created_at, expires_at, org_id, email, role, invited_by, token_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const revoke = sql.prepare(
    `UPDATE invitations SET revoked_at = ? WHERE id = ? AND org_id = ? AND ${open} AND expires_at > ?`,
  );
  const revokeExpired = sql.prepare(
    `UPDATE invitations SET revoked_at = ? WHERE org_id = ? AND email = ? AND ${open} AND expires_at <= ?`,
  );
  const spend = sql.prepare(
    `UPDATE invitations SET accepted_at = ?, accepted_by = ? WHERE id = ? AND ${open} AND expires_at > ?`,
  );

  function byToken(tokenHash: string): Invitation | undefined {
    const record = selectByToken.get(tokenHash);
    return record && toInvitation(record);
  }

  return {
    add: ({ id, orgId, email, role, inviterId, tokenHash, expiresAt }) =>
      commits.write(() => {
        const known = people.byEmail(email);
        if (known && people.session(known.session.userId, orgId)) return 'member';
        const now = Date.now();
        revokeExpired.run(now, orgId, email, now);
        if (selectPending.all(orgId, now).some((other) => other.email.toLowerCase() === email.toLowerCase())) {
          return 'pending';
        }
        insert.run(id, now, expiresAt, orgId, email, role, inviterId, tokenHash);
        const added = byToken(tokenHash);
        if (added === undefined) throw new Error('An invitation that was just added is not there.');
        return added;
      }),
    pending: (orgId) => selectPending.all(orgId, Date.now()).map(toInvitation),
    latest: (orgId, email) => {
      const record = selectLatest.get(orgId, email);
      return record && toInvitation(record);
    },
    byToken,
    revoke: (id, orgId) =>
      commits.write(() => {
        const now = Date.now();
        return revoke.run(now, id, orgId, now) > 0;
      }),
    accept: (tokenHash, acceptor) =>
      commits.write(() => {
        const invitation = byToken(tokenHash);
        if (invitation === undefined) return 'unknown';
        const { id, orgId, email, role, standing } = invitation;
        if (standing !== 'pending') return standing;
        if (!('userId' in acceptor) && people.byEmail(email)) return 'has-account';
        const userId = 'userId' in acceptor ? acceptor.userId : people.add({ ...acceptor, email });
        people.admit(userId, orgId, role);
        const now = Date.now();
        // The guard behind the check above: it rolls the account and the membership back.
        if (spend.run(now, userId, id, now) === 0) throw new Error('The invitation was spent meanwhile.');
        return { userId, orgId };
      }),
  };
}
