import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Session } from '../contract.ts';
import { createInvitations, type Invitations } from '../login/invitations.ts';
import { hashPassword } from './accounts.ts';
import { openStore, type SandboxStore } from './index.ts';

const password = 'long enough';
const secret = Buffer.alloc(32, 7);

let folder: string;
let store: SandboxStore;
let invitations: Invitations;
let ada: Session;
let bo: Session;

async function person(email: string, organization: string): Promise<Session> {
  store.people.upsert({ email, name: email, organization, role: 'admin', passwordHash: await hashPassword(password) });
  const found = store.people.byEmail(email);
  assert.ok(found);
  return found.session;
}

const desk = (days: number): Invitations =>
  createInvitations({ store, secret, days, loginUrl: () => 'http://login.test' });

/** Invites to the first organisation, and returns the token of the link. */
function invite(email: string, by = ada, at = invitations): string {
  const made = at.invite(by, { email, role: 'member' });
  assert.ok(typeof made === 'object', JSON.stringify(made));
  return made.link.split('/').at(-1) ?? '';
}

const names = (orgId: string): string[] => store.people.members(orgId).map(({ name }) => name);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-invitations-'));
  store = openStore(folder);
  ada = await person('ada@meridian.test', 'Meridian Research');
  bo = await person('bo@harbor.test', 'Harbor Insights');
  invitations = desk(7);
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('accepting', () => {
  test('makes account and membership at once, in the role of the invitation, and can sign in', async () => {
    const token = invite('New@Meridian.test');
    const changes: string[] = [];
    store.onCommit(({ topic, orgId }) => changes.push(`${topic} ${orgId}`));
    const grant = await invitations.accept(token, { name: 'New', password });
    assert.ok(typeof grant === 'object' && 'userId' in grant);
    assert.deepEqual(changes, [`memberships ${ada.orgId}`]);
    const session = store.people.session(grant.userId, ada.orgId);
    assert.deepEqual([session?.email, session?.name, session?.role], ['new@meridian.test', 'New', 'member']);
    assert.equal(invitations.find(token)?.standing, 'used');
    assert.deepEqual(invitations.pending(ada.orgId), []);
  });

  test('from many tabs at once makes one account; all others are told that it was used', async () => {
    const token = invite('new@meridian.test');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, tab) => invitations.accept(token, { name: `Tab ${tab}`, password })),
    );
    assert.equal(answers.filter((answer) => typeof answer === 'object').length, 1, JSON.stringify(answers));
    assert.equal(answers.filter((answer) => answer === 'used').length, 7);
    assert.equal(names(ada.orgId).length, 2);
  });

  test('leaves nothing when its transaction cannot end', () => {
    const token = invite('new@meridian.test');
    // A guard that refuses the very last statement.
    store.sql.exec(`CREATE TRIGGER refuse BEFORE UPDATE ON invitations BEGIN SELECT RAISE(ABORT, 'no'); END`);
    return assert.rejects(invitations.accept(token, { name: 'New', password }), /no/).then(() => {
      assert.equal(store.people.byEmail('new@meridian.test'), undefined);
      assert.deepEqual(names(ada.orgId), ['ada@meridian.test']);
      assert.equal(invitations.find(token)?.standing, 'pending');
    });
  });

  test('takes the password of the account there is, and makes no second one', async () => {
    const token = invite('bo@harbor.test');
    assert.equal(invitations.find(token)?.hasAccount, true);
    assert.deepEqual(await invitations.accept(token, { name: 'Somebody', password: 'a wrong one' }), {
      password: 'Incorrect password',
    });
    assert.deepEqual(await invitations.accept(token, { name: '', password }), {
      userId: bo.userId,
      orgId: ada.orgId,
    });
    assert.deepEqual(
      store.people.organizationsOf(bo.userId).map(({ name }) => name),
      ['Harbor Insights', 'Meridian Research'],
    );
    assert.equal(store.people.byEmail('bo@harbor.test')?.session.name, 'bo@harbor.test');
  });

  test('brings back who was removed, in the new role', async () => {
    const eve = await person('eve@meridian.test', 'Meridian Research');
    const membership = store.people.members(ada.orgId).find(({ userId }) => userId === eve.userId);
    assert.ok(store.people.removeMember(membership?._id ?? '', ada.orgId));
    const token = invite('eve@meridian.test');
    assert.ok(typeof (await invitations.accept(token, { name: '', password })) === 'object');
    assert.equal(store.people.session(eve.userId, ada.orgId)?.role, 'member');
  });

  test('asks somebody for a password whose address got an account while the form was open', async () => {
    const tokens = [invite('new@meridian.test'), invite('new@meridian.test', bo)];
    // Either may be first.
    const answers = await Promise.all(tokens.map((token) => invitations.accept(token, { name: 'New', password })));
    assert.equal(answers.filter((answer) => typeof answer === 'object').length, 1, JSON.stringify(answers));
    const late = tokens[answers.indexOf('has-account')];
    assert.ok(late !== undefined, JSON.stringify(answers));
    assert.equal(invitations.find(late)?.standing, 'pending');
    assert.ok(typeof (await invitations.accept(late, { name: '', password })) === 'object');
    assert.equal(
      store.people.organizationsOf(store.people.byEmail('new@meridian.test')?.session.userId ?? '').length,
      2,
    );
  });

  test('refuses a short password and an empty name, and spends nothing', async () => {
    const token = invite('new@meridian.test');
    assert.deepEqual(await invitations.accept(token, { name: '', password: '1234567' }), {
      name: 'Enter your name',
      password: 'The password must have at least 8 characters',
    });
    assert.deepEqual(
      Object.keys(await invitations.accept(token, { name: 'n'.repeat(101), password: 'p'.repeat(201) })),
      ['name', 'password'],
    );
    assert.equal(invitations.find(token)?.standing, 'pending');
  });
});

describe('a link', () => {
  test('holds 32 bytes that are nowhere in the data folder', () => {
    const token = invite('new@meridian.test');
    assert.equal(Buffer.from(token, 'base64url').length, 32);
    assert.notEqual(token, invite('other@meridian.test'));
    for (const file of ['sandbox.db', 'sandbox.db-wal'])
      assert.ok(!readFileSync(join(folder, file)).includes(token), file);
  });

  test('is the same when it is copied later, and another with another secret', () => {
    const token = invite('new@meridian.test');
    assert.ok(invitations.pending(ada.orgId)[0]?.link.endsWith(`/invitations/${token}`));
    const elsewhere = createInvitations({ store, secret: Buffer.alloc(32), days: 7, loginUrl: () => '' });
    assert.ok(!elsewhere.pending(ada.orgId)[0]?.link.includes(token));
  });

  test('that is not known, malformed or cut leads nowhere', async () => {
    const token = invite('new@meridian.test');
    for (const wrong of ['', 'x', token.slice(0, -1), `${token}A`, 'A'.repeat(43), `${token.slice(0, -1)}'`]) {
      assert.equal(invitations.find(wrong), undefined, wrong);
      assert.equal(await invitations.accept(wrong, { name: 'New', password }), 'unknown');
    }
  });

  test('that has expired is refused, and the address can be invited again', async () => {
    const token = invite('new@meridian.test', ada, desk(-1));
    assert.equal(invitations.find(token)?.standing, 'expired');
    assert.equal(await invitations.accept(token, { name: 'New', password }), 'expired');
    assert.deepEqual(invitations.pending(ada.orgId), []);
    invite('new@meridian.test');
    assert.equal(invitations.pending(ada.orgId).length, 1);
  });

  test('is good for as long as it says', () => {
    invite('new@meridian.test');
    const [made] = invitations.pending(ada.orgId);
    assert.ok(made);
    assert.ok(Math.abs(made.expiresAt - made.createdAt - 7 * 86_400_000) < 60_000);
  });

  test('that was revoked is refused; revoking is the organisation’s own, and only of what is pending', async () => {
    const token = invite('new@meridian.test');
    const id = invitations.pending(ada.orgId)[0]?.invitationId ?? '';
    assert.equal(invitations.revoke(id, bo.orgId), false);
    assert.equal(invitations.revoke(id, ada.orgId), true);
    assert.equal(invitations.revoke(id, ada.orgId), false);
    assert.equal(await invitations.accept(token, { name: 'New', password }), 'revoked');
    assert.equal(names(ada.orgId).length, 1);
  });
});

test('who is a member or invited already is not invited again, in whatever case; another organisation may', () => {
  assert.equal(invitations.invite(ada, { email: 'ADA@meridian.test', role: 'member' }), 'member');
  invite('new@meridian.test');
  assert.equal(invitations.invite(ada, { email: 'NEW@meridian.test', role: 'admin' }), 'pending');
  invite('new@meridian.test', bo);
});
