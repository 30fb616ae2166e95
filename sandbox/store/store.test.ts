import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { activeStatuses, projectConfigSchema, type ReviewDecision, type Session } from '../contract.ts';
import type { Change } from '../ports.ts';
import { DataFolderError, newId, openStore, type SandboxStore } from './index.ts';

const config = projectConfigSchema.parse({});
const decisions: ReviewDecision[] = [{ groupName: 'Gender', columnName: 'Male', action: 'approve' }];

let folder: string;
let store: SandboxStore;
let meridian: Session;
let harbor: Session;

function person(email: string, organization: string): Session {
  store.people.upsert({ email, name: email, organization, role: 'member', passwordHash: 'x' });
  const found = store.people.byEmail(email);
  assert.ok(found);
  return found.session;
}

function launch(name: string, session = meridian): { projectId: string; runId: string } {
  const created = store.projects.create({ projectId: newId(), name, config, files: [], session });
  assert.notEqual(created, 'name-taken', `${name} should be free`);
  if (created === 'name-taken') throw new Error('unreachable');
  return { projectId: created.project._id, runId: created.run._id };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-store-'));
  store = openStore(folder);
  meridian = person('ada@meridian.test', 'Meridian Research');
  harbor = person('bo@harbor.test', 'Harbor Insights');
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('names', () => {
  test('are unique among the live projects of an organisation, whatever their case', () => {
    const first = launch('Brand Tracker');
    const again = { projectId: newId(), name: 'brand TRACKER', config, files: [], session: meridian };
    assert.equal(store.projects.create(again), 'name-taken');
    launch('Brand Tracker', harbor);
    assert.equal(store.projects.runsOf(first.projectId, meridian.orgId).length, 1);
    assert.equal((store.query(meridian, 'projects:listByOrg', { orgId: meridian.orgId }) as unknown[]).length, 1);
  });

  test('are free again after a delete, and then a restore is refused', () => {
    const { projectId, runId } = launch('Study');
    store.runs.transition(runId, activeStatuses, { status: 'cancelled' });
    assert.deepEqual(store.projects.softDelete(projectId, meridian), { runsDeleted: 1 });
    const second = launch('STUDY');
    assert.equal(store.projects.restore(projectId, meridian.orgId), 'name-taken');
    store.runs.transition(second.runId, activeStatuses, { status: 'cancelled' });
    store.projects.softDelete(second.projectId, meridian);
    assert.equal(store.projects.restore(projectId, harbor.orgId), false);
    assert.deepEqual(store.projects.restore(projectId, meridian.orgId), store.projects.get(projectId, meridian.orgId));
    assert.equal(store.projects.runsOf(projectId, meridian.orgId).length, 1);
  });

  test('of what was deleted are listed with who and when, the last first, and not once they are back', () => {
    const [first, second] = ['First', 'Second'].map((name) => launch(name));
    assert.ok(first && second);
    const begunAt = Date.now();
    for (const { projectId, runId } of [first, second]) {
      store.runs.transition(runId, activeStatuses, { status: 'cancelled' });
      store.projects.softDelete(projectId, meridian);
    }
    const listed = store.projects.deleted(meridian.orgId);
    assert.deepEqual(
      listed.map(({ projectId, name, deletedBy }) => [projectId, name, deletedBy]),
      [
        [second.projectId, 'Second', meridian.name],
        [first.projectId, 'First', meridian.name],
      ],
    );
    assert.ok(listed.every(({ deletedAt, createdAt }) => deletedAt >= begunAt && deletedAt >= createdAt));
    assert.deepEqual(store.projects.deleted(harbor.orgId), []);
    store.projects.restore(second.projectId, meridian.orgId);
    assert.deepEqual(
      store.projects.deleted(meridian.orgId).map(({ name }) => name),
      ['First'],
    );
  });
});

describe('transitions', () => {
  test('are refused from any status but those named', () => {
    const { runId } = launch('A');
    assert.ok(store.runs.transition(runId, activeStatuses, { status: 'cancelled', cancelRequested: true }));
    assert.equal(
      store.runs.transition(runId, ['in_progress', 'resuming'], { status: 'success', progress: 100 }),
      undefined,
    );
    assert.equal(store.runs.get(runId)?.status, 'cancelled');
    assert.equal(store.runs.get(runId)?.progress, 0);
  });

  test('the other way round, a finished run is not cancelled', () => {
    const { runId } = launch('A');
    assert.ok(store.runs.transition(runId, ['in_progress'], { status: 'success' }));
    assert.equal(store.runs.transition(runId, activeStatuses, { status: 'cancelled' }), undefined);
    assert.equal(store.runs.get(runId)?.status, 'success');
  });

  test('are refused for a deleted project', () => {
    const { projectId, runId } = launch('A');
    store.runs.transition(runId, ['in_progress'], { status: 'error', error: 'Processing error' });
    store.projects.softDelete(projectId, meridian);
    assert.equal(store.runs.transition(runId, ['error'], { status: 'in_progress' }), undefined);
    assert.equal(store.runs.get(runId), undefined);
  });

  test('merge the result key by key, and null removes a key', () => {
    const { runId } = launch('A');
    store.runs.transition(runId, ['in_progress'], { result: { pipelineId: 'p', flaggedColumnCount: 2 } });
    const row = store.runs.transition(runId, ['in_progress'], { result: { flaggedColumnCount: null, dataset: 'd' } });
    assert.deepEqual(row?.result, { pipelineId: 'p', dataset: 'd' });
    assert.deepEqual(store.runs.get(runId)?.result, { pipelineId: 'p', dataset: 'd' });
  });

  test('leave alone what the patch does not name, also when it names it with undefined', () => {
    const { runId } = launch('A');
    store.runs.transition(runId, ['in_progress'], {
      stage: 'parsing',
      progress: 10,
      message: 'Processing data map...',
    });
    const row = store.runs.transition(runId, ['in_progress'], { stage: undefined, lastHeartbeat: 5 });
    assert.deepEqual(
      [row?.stage, row?.progress, row?.message, row?.lastHeartbeat],
      ['parsing', 10, 'Processing data map...', 5],
    );
  });

  test('write one mail a run, to its launcher, for success, partial and error only', () => {
    const done = launch('done');
    const failed = launch('failed');
    const cancelled = launch('cancelled');
    store.runs.transition(done.runId, ['in_progress'], { status: 'success', message: 'Complete!' });
    store.runs.transition(done.runId, ['success'], { status: 'partial' });
    store.runs.transition(failed.runId, ['in_progress'], { status: 'error', error: 'Processing error' });
    store.runs.transition(cancelled.runId, ['in_progress'], { status: 'cancelled' });
    assert.deepEqual(
      store.runs.outbox().map(({ runId, status, message, recipientId }) => ({ runId, status, message, recipientId })),
      [
        { runId: done.runId, status: 'success', message: 'Complete!', recipientId: meridian.userId },
        { runId: failed.runId, status: 'error', message: 'Processing error', recipientId: meridian.userId },
      ],
    );
  });
});

describe('reviews', () => {
  test('are taken once; the first decisions stay', () => {
    const { runId } = launch('A');
    assert.equal(store.runs.takeReview(runId, decisions, meridian.userId), false, 'not before it is asked for');
    store.runs.transition(runId, ['in_progress'], { status: 'pending_review' });
    assert.equal(store.runs.takeReview(runId, decisions, meridian.userId), true);
    assert.equal(store.runs.takeReview(runId, [], harbor.userId), false);
    assert.deepEqual(store.runs.decisions(runId), decisions);
    assert.equal(store.runs.get(runId)?.status, 'resuming');
  });

  test('are not taken for a cancelled run', () => {
    const { runId } = launch('A');
    store.runs.transition(runId, ['in_progress'], { status: 'pending_review' });
    store.runs.transition(runId, activeStatuses, { status: 'cancelled' });
    assert.equal(store.runs.takeReview(runId, decisions, meridian.userId), false);
    assert.equal(store.runs.decisions(runId), undefined);
  });
});

describe('deleting', () => {
  test('is refused while a run is active, for another organisation, and twice', () => {
    const { projectId, runId } = launch('A');
    assert.equal(store.projects.softDelete(projectId, meridian), 'active');
    store.runs.transition(runId, ['in_progress'], { status: 'success' });
    assert.equal(store.projects.softDelete(projectId, harbor), false);
    assert.deepEqual(store.projects.softDelete(projectId, meridian), { runsDeleted: 1 });
    assert.equal(store.projects.softDelete(projectId, meridian), false);
  });

  test('a prefix matches whole, case-sensitively, in one organisation, and its % and _ are only characters', () => {
    const mine = launch('Muster 1 — analyst-01 alpha');
    launch('Muster 10 — analyst-01 alpha');
    launch('muster 1 — analyst-02 alpha');
    launch('Muster 1 - analyst-03 alpha');
    launch('Muster 1 — analyst-01 alpha', harbor);
    assert.deepEqual(
      store.projects.withPrefix(meridian.orgId, 'Muster 1').map(({ _id }) => _id),
      [mine.projectId],
    );
    assert.deepEqual(store.projects.withPrefix(meridian.orgId, 'Muster %'), []);
    assert.deepEqual(store.projects.withPrefix(meridian.orgId, 'Muster _'), []);
  });
});

describe('commits', () => {
  test('are told after the fact, with times that strictly increase, also across a restart', () => {
    const heard: Change[] = [];
    const stop = store.onCommit((change) => {
      assert.equal(store.latestTs, change.ts);
      heard.push(change);
    });
    const { runId, projectId } = launch('A');
    for (let progress = 1; progress <= 50; progress += 1) store.runs.transition(runId, ['in_progress'], { progress });
    assert.equal(heard.length, 52);
    assert.ok(heard.every((change) => change.orgId === meridian.orgId && change.projectId === projectId));
    const times = [...new Set(heard.map(({ ts }) => ts))];
    assert.equal(times.length, 51, 'project and run of a launch are one commit');
    assert.deepEqual(
      times,
      [...times].sort((a, b) => (a < b ? -1 : 1)),
    );
    const wall = BigInt(Date.now()) * 1_000_000n;
    const last = times.at(-1) ?? 0n;
    assert.ok(last > wall - 10_000_000_000n && last < wall + 1_000_000_000n, 'about now');
    stop();
    store.runs.transition(runId, ['in_progress'], { progress: 60 });
    assert.equal(heard.length, 52, 'nobody is told after unsubscribing');

    const before = store.latestTs;
    store.close();
    store = openStore(folder);
    assert.equal(store.latestTs, before);
    store.runs.transition(runId, ['in_progress'], { progress: 61 });
    assert.ok(store.latestTs > before);
  });

  test('keep increasing when the clock is set back', (t) => {
    const { runId } = launch('A');
    const before = store.latestTs;
    t.mock.method(Date, 'now', () => 1_000_000);
    store.runs.transition(runId, ['in_progress'], { progress: 1 });
    assert.equal(store.latestTs, before + 1n);
  });

  test('a refused transition is no commit', () => {
    const { runId } = launch('A');
    const before = store.latestTs;
    let told = 0;
    store.onCommit(() => (told += 1));
    store.runs.transition(runId, ['success'], { progress: 1 });
    assert.equal(told, 0);
    assert.equal(store.latestTs, before);
  });

  test('a failing write changes nothing and tells nobody', () => {
    let told = 0;
    store.onCommit(() => (told += 1));
    const broken = {
      projectId: newId(),
      name: 'A',
      config,
      files: [
        { role: 'data', name: 'x', path: 'x' },
        { role: 'data', name: 'y', path: 'y' },
      ] as const,
      session: meridian,
    };
    assert.throws(() => store.projects.create(broken), /UNIQUE/);
    assert.equal(told, 0);
    launch('A');
  });

  test('a listener that throws neither undoes the commit nor deafens the others', () => {
    store.close();
    const problems: unknown[] = [];
    store = openStore(folder, (error) => problems.push(error));
    let told = 0;
    store.onCommit(() => {
      throw new Error('broken listener');
    });
    store.onCommit(() => (told += 1));
    launch('A');
    assert.equal(told, 2);
    assert.equal(problems.length, 2);
  });
});

describe('live queries', () => {
  const ask = (session: Session, udfPath: string, args: Record<string, unknown>): unknown =>
    store.query(session, udfPath, args);

  test("answer for the session's organisation, whatever the arguments say", () => {
    const { projectId } = launch('Secret of Meridian');
    assert.deepEqual(ask(harbor, 'projects:listByOrg', { orgId: meridian.orgId }), []);
    assert.deepEqual(ask(harbor, 'runs:listByOrg', { orgId: meridian.orgId }), []);
    assert.equal(ask(harbor, 'projects:get', { projectId, orgId: meridian.orgId }), null);
    assert.deepEqual(ask(harbor, 'runs:getByProject', { projectId, orgId: meridian.orgId }), []);
    assert.equal(
      (ask(harbor, 'organizations:get', { orgId: meridian.orgId }) as { name: string }).name,
      'Harbor Insights',
    );
    assert.deepEqual(
      (ask(harbor, 'orgMemberships:listByOrg', { orgId: meridian.orgId }) as { email: string }[]).map(
        ({ email }) => email,
      ),
      ['bo@harbor.test'],
    );
  });

  test('list newest first, also within a millisecond, and lean', () => {
    for (const name of ['one', 'two', 'three']) launch(name);
    const { runId } = launch('four');
    const summary = { tables: 3, cuts: 4, bannerGroups: 2, durationMs: 5 };
    store.runs.transition(runId, ['in_progress'], {
      status: 'success',
      lastHeartbeat: 9,
      result: { pipelineId: 'p', summary },
    });
    const args = { orgId: meridian.orgId };
    assert.deepEqual(
      (ask(meridian, 'projects:listByOrg', args) as { name: string }[]).map(({ name }) => name),
      ['four', 'three', 'two', 'one'],
    );
    const [newest] = ask(meridian, 'runs:listByOrg', args) as {
      _id: string;
      result: unknown;
      lastHeartbeat?: number;
    }[];
    assert.equal(newest?._id, runId);
    assert.deepEqual(newest?.result, { summary });
    assert.equal(newest?.lastHeartbeat, undefined);
  });

  test('refuse malformed ids and unknown names', () => {
    assert.throws(
      () => ask(meridian, 'projects:get', { projectId: 'nonsense', orgId: meridian.orgId }),
      /not a valid document id/,
    );
    assert.throws(() => ask(meridian, 'projects:listByOrg', {}), /not a valid document id/);
    assert.throws(() => ask(meridian, 'projects:dropAll', { orgId: meridian.orgId }), /Could not find public function/);
    assert.throws(() => ask(meridian, 'constructor', { orgId: meridian.orgId }), /Could not find public function/);
    assert.equal(ask(meridian, 'projects:get', { projectId: newId(), orgId: meridian.orgId }), null);
  });

  test('know which changes concern them', () => {
    const { projectId } = launch('A');
    const other = newId();
    const args = { orgId: meridian.orgId, projectId };
    const runs: Change = { ts: 1n, orgId: meridian.orgId, topic: 'runs', projectId };
    assert.equal(store.concerns(meridian, 'runs:listByOrg', args, runs), true);
    assert.equal(store.concerns(meridian, 'runs:getByProject', args, runs), true);
    assert.equal(store.concerns(meridian, 'runs:getByProject', { ...args, projectId: other }, runs), false);
    assert.equal(store.concerns(meridian, 'projects:listByOrg', args, runs), false);
    assert.equal(store.concerns(harbor, 'runs:listByOrg', args, runs), false);
    assert.equal(
      store.concerns(meridian, 'orgMemberships:listByOrg', args, {
        ts: 1n,
        orgId: meridian.orgId,
        topic: 'memberships',
      }),
      true,
    );
  });

  test('a deleted project leaves every list', () => {
    const { projectId, runId } = launch('A');
    const args = { orgId: meridian.orgId, projectId };
    assert.equal((ask(meridian, 'runs:listByOrg', args) as unknown[]).length, 1);
    store.runs.transition(runId, ['in_progress'], { status: 'cancelled' });
    store.projects.softDelete(projectId, meridian);
    for (const udfPath of ['projects:listByOrg', 'runs:listByOrg', 'runs:getByProject'])
      assert.deepEqual(ask(meridian, udfPath, args), []);
    assert.equal(ask(meridian, 'projects:get', args), null);
  });
});

test('a second process is kept out of the folder, with a sentence', () => {
  assert.throws(
    () => openStore(folder),
    (error: unknown) => error instanceof DataFolderError && error.message.includes(folder),
  );
});

test('everything is there again after a restart', () => {
  const { projectId, runId } = launch('A');
  const queued = launch('B');
  store.runs.transition(runId, ['in_progress'], { status: 'pending_review' });
  store.runs.takeReview(runId, decisions, meridian.userId);
  store.close();
  store = openStore(folder);
  assert.deepEqual(
    store.runs.unfinished().map(({ _id }) => _id),
    [runId, queued.runId],
    'in the order of their launch',
  );
  assert.deepEqual(store.runs.decisions(runId), decisions);
  assert.equal(store.projects.get(projectId, meridian.orgId)?.name, 'A');
});

test('feedback is added to what is there', () => {
  const { runId } = launch('A');
  const entry = { id: 'f1', createdAt: '2026-01-01T00:00:00.000Z', rating: 4, notes: '', tableIds: [] };
  store.runs.addFeedback(runId, entry);
  assert.deepEqual(
    store.runs.addFeedback(runId, { ...entry, id: 'f2' })?.result?.feedback?.map(({ id }) => id),
    ['f1', 'f2'],
  );
  assert.equal(store.runs.addFeedback(newId(), entry), undefined);
});

test('a removed member has no session, and stays removed', () => {
  const [membership] = store.people.members(meridian.orgId);
  assert.ok(membership);
  assert.equal(store.people.removeMember(membership._id, harbor.orgId), false);
  assert.equal(store.people.removeMember(membership._id, meridian.orgId), true);
  assert.equal(store.people.removeMember(membership._id, meridian.orgId), false);
  assert.equal(store.people.session(meridian.userId, meridian.orgId), undefined);
  store.people.upsert({
    email: 'ada@meridian.test',
    name: 'Ada',
    organization: 'Meridian Research',
    role: 'member',
    passwordHash: 'y',
  });
  assert.equal(store.people.session(meridian.userId, meridian.orgId), undefined);
});
