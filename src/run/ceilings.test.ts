import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { brokenCeilings, hourMs, type Planned } from './ceilings.ts';
import { openJournal, type JournalBody } from './journal.ts';
import { launchesSince } from './launch-history.ts';
import { parseSettings } from './settings.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;

function broken(given: Record<string, string>, planned: Partial<Planned> = {}): string[] {
  return brokenCeilings(parseSettings(given), {
    estimate: { analysts: 15, launches: 15, cost: 60 },
    probes: false,
    earlier: [],
    now,
    ...planned,
  });
}
const ago = (...minutes: readonly number[]): Planned['earlier'] =>
  minutes.map((each) => ({ organization: 'North', at: now - each * minute }));

test('a run of fifteen breaks none of the ceilings there are by default', () => {
  assert.deepEqual(broken({}), []);
});

test('each ceiling that is broken is told, with its value and what to do', () => {
  const sentences = broken({ MAX_ANALYSTS: '14', MAX_LAUNCHES_PER_HOUR: '10', MAX_COST: '59.5' });
  assert.equal(sentences.length, 3);
  assert.match(sentences[0] ?? '', /15 analysts .* MAX_ANALYSTS is 14: lower ANALYSTS/);
  assert.match(sentences[1] ?? '', /15 together, and MAX_LAUNCHES_PER_HOUR is 10\. Either lower ANALYSTS/);
  assert.match(sentences[2] ?? '', /may cost 60 \(15 launches at COST_PER_RUN=4\), and MAX_COST is 59\.5/);
});

test('exactly as much as is allowed is allowed', () => {
  assert.deepEqual(broken({ MAX_ANALYSTS: '15', MAX_LAUNCHES_PER_HOUR: '15', MAX_COST: '60' }), []);
});

test('launches of earlier runs count, and when the last one in the way is an hour old is said', () => {
  const earlier = ago(50, 40, 5);
  assert.deepEqual(broken({ MAX_LAUNCHES_PER_HOUR: '18' }, { earlier }), []);
  assert.match(broken({ MAX_LAUNCHES_PER_HOUR: '16' }, { earlier })[0] ?? '', /3 were launched .* Wait 20 min, lower/);
});

test('a run that launches nothing may follow any number of launches', () => {
  const estimate = { analysts: 15, launches: 0, cost: 0 };
  assert.deepEqual(broken({ MAX_LAUNCHES_PER_HOUR: '1' }, { estimate, earlier: ago(1, 2) }), []);
});

test('what nobody can estimate does not pass a bound of cost', () => {
  assert.match(broken({ MAX_COST: '100' }, { probes: true })[0] ?? '', /hazard probes .* set PROBES=none/);
  assert.deepEqual(broken({}, { probes: true }), []);
  assert.deepEqual(broken({ MAX_COST: '100', COST_PER_RUN: '0' }, { probes: true }), []);
});

test('launches of the last hour are counted from the journals of runs on the same product', async (t) => {
  const results = await mkdtemp(path.join(os.tmpdir(), 'muster-history-'));
  t.after(() => rm(results, { recursive: true, force: true }));
  const since = Date.now() - hourMs;
  const makeRun = async (
    runId: string,
    target: { kind: string; baseURL: string },
    bodies: readonly JournalBody[],
  ): Promise<void> => {
    await mkdir(path.join(results, runId));
    await writeFile(
      path.join(results, runId, 'run.json'),
      JSON.stringify({
        schema: 1,
        runId,
        prefix: `Muster 2026-11-21 ${runId}`,
        startedAt: '2026-11-21T11:00:00.000Z',
        target,
        profile: 'all at once',
        analysts: 1,
        settings: {},
        versions: {},
        host: {},
      }),
    );
    const journal = openJournal({ folder: path.join(results, runId), runId, analyst: 'analyst-01' });
    for (const body of bodies) await journal.append(body);
  };
  const intended = (project: string): JournalBody => ({
    type: 'intended',
    project,
    bundle: 'coffee-loyalty',
    organization: 'North',
  });
  const refused = (project: string): JournalBody => ({ type: 'refused', project, status: 429, message: 'Too many' });
  const acknowledged = (project: string): JournalBody => ({
    type: 'acknowledged',
    project,
    projectId: 'p',
    productRunId: 'r',
  });
  const staging = { kind: 'attached', baseURL: 'https://staging.example.org' };
  // One accepted at the second try, one refused for good, one whose answer never came.
  await makeRun('one', staging, [
    ...[intended('a'), refused('a'), intended('a'), acknowledged('a')],
    ...[intended('b'), refused('b'), intended('c')],
  ]);
  await makeRun('other', { kind: 'attached', baseURL: 'https://test.example.org' }, [intended('d'), acknowledged('d')]);
  await makeRun('here', { kind: 'embedded', baseURL: 'https://staging.example.org' }, [intended('e')]);
  await makeRun('old', staging, [intended('f'), acknowledged('f')]);
  const before = new Date(Date.now() - 2 * hourMs);
  await utimes(path.join(results, 'old', 'journal', 'analyst-01.jsonl'), before, before);
  const found = await launchesSince(results, 'https://staging.example.org', since);
  assert.deepEqual(
    found.map(({ organization }) => organization),
    ['North', 'North'],
  );
  assert.deepEqual(await launchesSince(results, 'https://staging.example.org', Date.now() + minute), []);
  assert.deepEqual(await launchesSince(path.join(results, 'none'), 'https://staging.example.org', since), []);

  await writeFile(path.join(results, 'one', 'journal', 'analyst-02.jsonl'), 'no record\n');
  await assert.rejects(launchesSince(results, 'https://staging.example.org', since), /one.journal, cannot be read/);
});
