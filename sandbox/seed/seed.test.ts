import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { activeStatuses, runStatuses, type ProjectRow, type RunRow, type RunStatus } from '../contract.ts';
import { startServerWith } from '../http/testing.ts';
import { createPipeline } from '../pipeline/index.ts';
import { openStore } from '../store/index.ts';
import { writeTestBundle } from '../testing-bundle.ts';
import type { SeedBundle } from './bundles.ts';
import { seedFolder, type SeedOptions } from './seed.ts';

let scratch: string;
let bundles: SeedBundle[];
before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-seed-'));
  const { data, survey, clearBanner, doubtfulBanner } = await writeTestBundle(scratch);
  bundles = [
    { data, survey, banner: clearBanner, tables: 5 },
    { data, survey, banner: doubtfulBanner, tables: 5 },
  ];
});
after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

const options = (folder: string): SeedOptions => ({
  folder: join(scratch, folder),
  projects: 60,
  pending: 20,
  bundles,
  accounts: 12,
  password: 'muster-sandbox',
  seed: 1,
});

test('fills both organisations with every status, whole rows, unique names, newest first', async () => {
  const request = options('counts');
  const counts = await seedFolder(request);
  await seedFolder({ ...request, projects: 10, pending: 5 });
  const total = new Map<RunStatus, number>();
  for (const ofOrganization of counts.values())
    for (const [status, count] of ofOrganization) total.set(status, (total.get(status) ?? 0) + count);
  assert.equal(total.get('pending_review'), 20);
  assert.deepEqual([...total.keys()].sort(), [...runStatuses].sort());
  assert.equal(
    [...total.values()].reduce((sum, count) => sum + count, 0),
    60,
  );

  const store = openStore(request.folder);
  try {
    let projects = 0;
    for (const email of ['ada.abbott@meridian.test', 'bilal.dietz@harbor.test']) {
      const session = store.people.byEmail(email)?.session;
      assert.ok(session);
      const rows = store.query(session, 'projects:listByOrg', { orgId: session.orgId }) as ProjectRow[];
      const runs = store.query(session, 'runs:listByOrg', { orgId: session.orgId }) as RunRow[];
      assert.equal(rows.length, runs.length);
      assert.deepEqual(
        rows.map(({ _creationTime }) => _creationTime),
        rows.map(({ _creationTime }) => _creationTime).sort((a, b) => b - a),
      );
      projects += rows.length;
      for (const run of runs.filter(({ status }) => status === 'success')) assert.ok(run.result?.summary);
    }
    assert.equal(projects, 70);
  } finally {
    store.close();
  }
});

test('is the same for the same seed', async () => {
  assert.deepEqual(await seedFolder(options('one')), await seedFolder(options('two')));
});

test('asks for numbers that fit', async () => {
  await assert.rejects(seedFolder({ ...options('none'), pending: 61 }), /--pending 61 is more than --projects 60/);
  await assert.rejects(
    seedFolder({ ...options('none'), bundles: bundles.slice(0, 1) }),
    /No bundle has a column that needs a review/,
  );
});

test('what is seeded lives: work goes on at the next start, and reviews can be done', async () => {
  const request = { ...options('alive'), projects: 26, pending: 1 };
  await seedFolder(request);
  const server = await startServerWith(createPipeline, { data: request.folder, accounts: 12, pace: 0, log: 'none' });
  try {
    const { store } = server;
    const runs = ['Meridian Research', 'Harbor Insights'].flatMap((organization) => {
      const session = store.people.byEmail(server.account('admin', organization).email)?.session;
      assert.ok(session);
      return (store.query(session, 'runs:listByOrg', { orgId: session.orgId }) as RunRow[]).map((run) => ({
        run,
        organization,
      }));
    });
    const waiting = runs.find(({ run }) => run.status === 'pending_review');
    assert.ok(waiting);
    const { runId, flagged } = {
      runId: waiting.run._id,
      flagged: store.runs.get(waiting.run._id)?.result?.reviewState?.flaggedColumns ?? [],
    };
    const decisions = flagged.map(({ groupName, columnName }) => ({ groupName, columnName, action: 'skip' }));
    const answer = await server.ask(
      server.account('member', waiting.organization),
      'POST',
      `/api/runs/${runId}/review`,
      JSON.stringify({ decisions }),
    );
    assert.equal(answer.status, 200);

    const active = runs.filter(({ run }) => activeStatuses.includes(run.status)).map(({ run }) => run._id);
    assert.ok(active.length >= 3);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('The seeded work did not come to an end.'));
      }, 90_000);
      const look = (): void => {
        if (
          !active.every(
            (id) => store.runs.get(id)?.status === 'success' || store.runs.get(id)?.status === 'pending_review',
          )
        )
          return;
        clearTimeout(timer);
        resolve();
      };
      store.onCommit(look);
      look();
    });
    assert.equal(store.runs.get(runId)?.status, 'success');
  } finally {
    await server.stop();
  }
});
