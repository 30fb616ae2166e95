import type { Role, Session } from '../contract.ts';
import type { PeopleStore } from '../ports.ts';
import type { Commits } from './commits.ts';
import type { Sql } from './database.ts';
import { newId, stableId } from './ids.ts';
import { toMembership, toOrganization, type MembershipRecord, type OrganizationRecord } from './rows.ts';

interface SessionRecord {
  userId: string;
  email: string;
  name: string;
  orgId: string;
  orgName: string;
  role: string;
  passwordHash: string;
}

export interface NewPerson {
  email: string;
  name: string;
  organization: string;
  role: Role;
  passwordHash: string;
}

export interface People extends PeopleStore {
  /** Adds a person with an organisation (made when it is new) and a membership; somebody known only gets the new password hash. Ids follow from the e-mail. */
  upsert(person: NewPerson): void;
  /** Adds a person who belongs to no organisation yet; returns the id. @throws when the e-mail is taken. */
  add(person: Pick<NewPerson, 'email' | 'name' | 'passwordHash'>): string;
  /** Makes somebody a member of an organisation; who was removed comes back in that role, who is a member stays as they are. */
  admit(userId: string, orgId: string, role: Role): void;
}

const sessionColumns = `u.id AS userId, u.email, u.name, o.id AS orgId, o.name AS orgName, m.role, u.password_hash AS passwordHash`;
const sessionTables = `users u JOIN memberships m ON m.user_id = u.id JOIN organizations o ON o.id = m.org_id`;

function toSession(record: SessionRecord): Session {
  const { userId, email, name, orgId, orgName, role } = record;
  return { userId, email, name, orgId, orgName, role: role as Role };
}

/** Accounts, organisations and memberships. */
export function openPeople(sql: Sql, commits: Commits): People {
  const selectByEmail = sql.prepare<SessionRecord>(
    `SELECT ${sessionColumns} FROM ${sessionTables} WHERE u.email = ? ORDER BY m.removed_at IS NOT NULL, m.created_at, m.rowid LIMIT 1`,
  );
  const selectSession = sql.prepare<SessionRecord>(
    `SELECT ${sessionColumns} FROM ${sessionTables} WHERE u.id = ? AND o.id = ? AND m.removed_at IS NULL`,
  );
  const selectMembers = sql.prepare<MembershipRecord>(
    `SELECT m.id, m.created_at, m.org_id, m.user_id, m.role, u.email, u.name FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.org_id = ? AND m.removed_at IS NULL ORDER BY m.created_at, m.rowid`,
  );
  const selectOrganization = sql.prepare<OrganizationRecord>(
    'SELECT id, created_at, name, slug FROM organizations WHERE id = ?',
  );
  const selectOrganizationsOf = sql.prepare<OrganizationRecord>(
    `SELECT o.id, o.created_at, o.name, o.slug FROM memberships m JOIN organizations o ON o.id = m.org_id
     WHERE m.user_id = ? AND m.removed_at IS NULL ORDER BY m.created_at, m.rowid`,
  );
  const remove = sql.prepare(
    'UPDATE memberships SET removed_at = ? WHERE id = ? AND org_id = ? AND removed_at IS NULL',
  );
  const selectPreferences = sql.prepare<{ pipeline_emails: number }>('SELECT pipeline_emails FROM users WHERE id = ?');
  const updatePreferences = sql.prepare('UPDATE users SET pipeline_emails = ? WHERE id = ?');
  const insertOrganization = sql.prepare('INSERT OR IGNORE INTO organizations VALUES (?, ?, ?, ?)');
  const insertUser = sql.prepare(
    'INSERT INTO users (id, created_at, email, name, password_hash) VALUES (?, ?, ?, ?, ?)',
  );
  const updatePassword = sql.prepare('UPDATE users SET password_hash = ? WHERE id = ?');
  const insertMembership = sql.prepare(
    'INSERT INTO memberships (id, created_at, user_id, org_id, role) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const bringBack = sql.prepare(
    `UPDATE memberships SET removed_at = NULL, created_at = ?, role = ? WHERE user_id = ? AND org_id = ? AND removed_at IS NOT NULL`,
  );

  return {
    byEmail: (email) => {
      const record = selectByEmail.get(email);
      return record && { session: toSession(record), passwordHash: record.passwordHash };
    },
    session: (userId, orgId) => {
      const record = selectSession.get(userId, orgId);
      return record && toSession(record);
    },
    members: (orgId) => selectMembers.all(orgId).map(toMembership),
    organizationsOf: (userId) => selectOrganizationsOf.all(userId).map(toOrganization),
    organization: (orgId) => {
      const record = selectOrganization.get(orgId);
      return record && toOrganization(record);
    },
    removeMember: (membershipId, orgId) =>
      commits.write((announce) => {
        if (remove.run(Date.now(), membershipId, orgId) === 0) return false;
        announce({ orgId, topic: 'memberships' });
        return true;
      }),
    notificationPreferences: (userId) => ({ pipelineEmails: selectPreferences.get(userId)?.pipeline_emails !== 0 }),
    setNotificationPreferences: (userId, { pipelineEmails }) => {
      commits.write(() => updatePreferences.run(pipelineEmails ? 1 : 0, userId));
    },
    upsert: ({ email, name, organization, role, passwordHash }) => {
      commits.write((announce) => {
        const now = Date.now();
        const orgId = stableId(`organization ${organization}`);
        const userId = userIdOf(email);
        insertOrganization.run(orgId, now, organization, organization.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
        if (updatePassword.run(passwordHash, userId) === 0) insertUser.run(userId, now, email, name, passwordHash);
        insertMembership.run(stableId(`membership ${email} ${organization}`), now, userId, orgId, role);
        announce({ orgId, topic: 'memberships' });
      });
    },
    add: ({ email, name, passwordHash }) => {
      const userId = userIdOf(email);
      commits.write(() => insertUser.run(userId, Date.now(), email, name, passwordHash));
      return userId;
    },
    admit: (userId, orgId, role) => {
      commits.write((announce) => {
        const now = Date.now();
        if (bringBack.run(now, role, userId, orgId) === 0) insertMembership.run(newId(), now, userId, orgId, role);
        announce({ orgId, topic: 'memberships' });
      });
    },
  };
}

function userIdOf(email: string): string {
  return stableId(`user ${email.toLowerCase()}`);
}
