import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, mock, test } from 'node:test';
import { runDetection, type DetectionOptions, type Player } from './detection.ts';
import type { Answer } from './play.ts';

let folder: string;
before(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'muster-detection-'))));
after(() => rm(folder, { recursive: true }));

type Answers = (fault: string | null, probe: string, seed: number) => Partial<Answer>;

/** Plays as it is told, and remembers what it was asked. */
function pretender(answers: Answers): Player & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    browserName: () => Promise.resolve('Chromium 156'),
    readVersions: () => () => 'v1',
    async play({ fault, probes, seed }, into) {
      asked.push(`${fault} ${seed} ${probes.join()}`);
      const left = path.join(into, `run-${asked.length}`);
      await mkdir(left, { recursive: true });
      const answerOf = (probe: string): Answer => ({
        outcome: 'clean',
        tries: 1,
        hits: 0,
        durationMs: 5,
        ...answers(fault, probe, seed),
      });
      return { answers: new Map(probes.map((probe) => [probe, answerOf(probe)])), folder: left };
    },
  };
}

const honest: Answers = (fault, probe) => (fault === probe ? { outcome: 'finding', hits: 1 } : {});

function options(name: string, given: Partial<DetectionOptions> = {}): DetectionOptions {
  const faults = ['duplicate-name', 'runless-project'];
  return {
    faults,
    probes: faults,
    each: 1,
    clean: 2,
    folder: path.join(folder, name),
    seconds: 100,
    say: () => undefined,
    ...given,
  };
}

test('what was run before is not run again, and more may be asked for later', async () => {
  const first = pretender(honest);
  const { results } = await runDetection(options('again'), first);
  assert.deepEqual(first.asked, [
    'duplicate-name 1 duplicate-name,runless-project',
    'runless-project 1 runless-project,duplicate-name',
    'null 1 duplicate-name,runless-project',
    'null 2 duplicate-name,runless-project',
  ]);
  assert.deepEqual([...new Set(results.map(({ state }) => state))], ['right']);
  const second = pretender(honest);
  await runDetection(options('again', { clean: 3 }), second);
  assert.deepEqual(second.asked, ['null 3 duplicate-name,runless-project']);
  assert.deepEqual(await readdir(path.join(folder, 'again', 'runs')), [], 'what went as it should leaves nothing');
});

test('a probe that came to no answer is asked again next time, and its evidence is kept', async () => {
  const said: string[] = [];
  const broken: Answers = (fault, probe, seed) =>
    fault === null && probe === 'runless-project' && seed === 1
      ? { outcome: 'broken', why: 'gone' }
      : honest(fault, probe, seed);
  const { results } = await runDetection(options('broken', { say: (line) => said.push(line) }), pretender(broken));
  assert.deepEqual(
    results
      .filter(({ state }) => state !== 'right')
      .map(({ fault, probe, state, unanswered }) => [fault, probe, state, unanswered]),
    [[null, 'runless-project', 'broken', ['gone']]],
  );
  assert.ok(
    said.some((line) => /came to no answer/.test(line)) && said.some((line) => /run-3$/.test(line)),
    said.join(),
  );
  assert.deepEqual(await readdir(path.join(folder, 'broken', 'runs')), ['run-3']);
  const next = pretender(honest);
  const { results: later } = await runDetection(options('broken'), next);
  assert.deepEqual(next.asked, ['null 1 runless-project']);
  assert.ok(later.every(({ state }) => state === 'right'));
});

test('a wrong answer stays one', async () => {
  const crying: Answers = (fault, probe) =>
    probe === 'duplicate-name' ? { outcome: 'finding', hits: 1 } : honest(fault, probe, 1);
  const { results } = await runDetection(options('wrong'), pretender(crying));
  const wrong = results.filter(({ state }) => state === 'wrong').map(({ fault, probe }) => [fault, probe]);
  assert.deepEqual(wrong, [
    ['runless-project', 'duplicate-name'],
    [null, 'duplicate-name'],
  ]);
  const again = pretender(honest);
  const { results: later } = await runDetection(options('wrong'), again);
  assert.deepEqual(again.asked, []);
  assert.equal(later.filter(({ state }) => state === 'wrong').length, 2);
});

test('without time nothing is begun', async () => {
  const player = pretender(honest);
  const { results, runs } = await runDetection(options('report', { seconds: 0 }), player);
  assert.deepEqual([player.asked, runs], [[], []]);
  assert.ok(results.every(({ state }) => state === 'missing'));
});

test('what was run while the code changed is not kept, nor counted what another version was', async () => {
  let version = 'v1';
  const asked = options('changed', { faults: [], probes: ['duplicate-name'], clean: 2 });
  const editing: Answers = (_fault, _probe, seed) => {
    if (seed === 2) version = 'v2';
    return {};
  };
  await assert.rejects(
    runDetection(asked, {
      ...pretender(editing),
      readVersions: () =>
        (
          (now) => () =>
            now
        )(version),
    }),
    /The code was changed while it was tried/,
  );
  const player = { ...pretender(honest), readVersions: () => () => 'v1' };
  const { runs } = await runDetection({ ...asked, seconds: 0 }, player);
  assert.deepEqual(
    runs.map(({ seed }) => seed),
    [1],
  );
  const later = await runDetection({ ...asked, seconds: 0 }, { ...player, readVersions: () => () => 'v2' });
  assert.deepEqual([later.runs.length, later.outdated], [0, 1]);
});

test('when the time is up, nothing further is begun, and the next time goes on', async () => {
  mock.timers.enable({ apis: ['Date'], now: 0 });
  try {
    const slow: Answers = (fault, probe, seed) => {
      mock.timers.tick(60_000);
      return honest(fault, probe, seed);
    };
    const first = pretender(slow);
    const { results } = await runDetection(options('slices'), first);
    assert.deepEqual([first.asked.length, results.filter(({ state }) => state === 'missing').length], [1, 4]);
    const second = pretender(honest);
    await runDetection(options('slices'), second);
    assert.equal(second.asked.length, 3);
  } finally {
    mock.timers.reset();
  }
});
