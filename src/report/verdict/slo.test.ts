import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readObjectives } from './slo-file.ts';
import { holdAgainst, parseObjectives, type Objective } from './slo.ts';
import { objectiveLine } from '../sections.ts';
import type { MetricRow } from '../summary.ts';

const done = { settings: {}, bundles: [{ name: 'coffee', dataBytes: 134_000 }] };

function row(changes: Partial<MetricRow>): MetricRow {
  const figures = { min: 1, p50: 2, p75: 3, p90: 4, p95: 5, p99: 6, max: 7, mean: 3 };
  return {
    name: 'card.paint',
    tags: {},
    unit: 'ms',
    expected: 9,
    count: 9,
    censored: 0,
    excluded: 0,
    ...figures,
    ...changes,
  };
}

function held(
  objective: Partial<Objective>,
  rows: MetricRow[] = [row({})],
  run: Parameters<typeof holdAgainst>[2] = done,
) {
  const whole: Objective = { metric: 'card.paint', tags: {}, statistic: 'p95', bound: 'below', limit: 5, ...objective };
  return holdAgainst([whole], rows, run);
}

test('each bound, at its limit and beside it', () => {
  const passes = (bound: Objective['bound'], limit: number) => held({ bound, limit }).slo[0]?.pass;
  assert.deepEqual([passes('below', 5), passes('below', 5.1)], [false, true]);
  assert.deepEqual([passes('atMost', 4.9), passes('atMost', 5)], [false, true]);
  assert.deepEqual([passes('above', 5), passes('above', 4.9)], [false, true]);
  assert.deepEqual([passes('atLeast', 5.1), passes('atLeast', 5)], [false, true]);
});

test('no sample never passes, whichever side is wanted', () => {
  const empty = row({ count: 0, p95: null });
  for (const bound of ['below', 'atMost', 'above', 'atLeast'] as const)
    for (const rows of [[], [empty], [row({ tags: { card: 'own' } })]])
      assert.deepEqual(
        held({ bound, limit: -1e9 }, rows).slo.map(({ actual, pass }) => [actual, pass]),
        [[null, false]],
      );
});

test('it says by how many samples it was judged, and where there is none, why', () => {
  const all = { min: 1, p50: 2, p75: 3, p90: 4, p95: 176, p99: 176, max: 176, mean: 3 };
  const said = (...rows: MetricRow[]) => held({}, rows).slo.map((each) => objectiveLine(each).samples)[0];
  assert.equal(said(row({})), '9 samples');
  assert.equal(
    said(row({ count: 15, excluded: 400, all })),
    '15 of 415 samples; 400 were taken while the machine was too busy',
  );
  assert.equal(
    said(row({ count: 0, p95: null, excluded: 1, all })),
    'the only sample was taken while the machine was too busy: 176 ms',
  );
  assert.equal(
    said(row({ count: 0, p95: null, excluded: 3, all })),
    'the only 3 samples were taken while the machine was too busy: 176 ms',
  );
  assert.equal(said(), 'it never happened');
  assert.equal(said(row({ count: 0, p95: null })), 'it was never recorded');
  assert.equal(said(row({ count: 0, p95: null, missingBecause: ['no header'] })), 'no header');
  const [missed] = held({ limit: 1 }).slo;
  assert.ok(missed);
  assert.deepEqual([objectiveLine(missed).outcome, objectiveLine(missed, true).outcome], ['missed', 'not judged']);
});

test('a row is found by its tags, and the whole only without any', () => {
  const rows = [row({ p95: 9 }), row({ tags: { card: 'own' }, p95: 4 })];
  assert.equal(held({ tags: { card: 'own' } }, rows).slo[0]?.actual, 4);
  assert.equal(held({}, rows).slo[0]?.actual, 9);
});

test('what the settings leave no room for is not asked, and says why; everything else is', () => {
  const stopped = { ...done, settings: { UNTIL: 'launched' } };
  assert.deepEqual(held({ metric: 'rate.completion', statistic: 'mean' }, [], stopped).slo, []);
  assert.match(
    held({ metric: 'rate.completion', statistic: 'mean' }, [], stopped).notAsked[0]?.why ?? '',
    /stop before/,
  );
  assert.equal(held({ metric: 'rate.completion', statistic: 'mean' }, []).slo[0]?.pass, false);
  assert.equal(
    held({ metric: 'step.upload', tags: { size: 'large' } }, []).notAsked[0]?.why,
    'no large bundle takes part',
  );
  assert.equal(held({ metric: 'step.upload', tags: { size: 'small' } }, []).slo[0]?.pass, false);
  assert.equal(held({ metric: 'step.upload', tags: { bundle: 'x' } }, []).notAsked.length, 1);
  const left = { ...done, settings: { REVIEW: 'leave' } };
  assert.equal(held({ metric: 'rate.completion', statistic: 'mean' }, [], left).slo.length, 0);
  const browsing = { ...done, settings: { JOURNEY: 'browse' } };
  assert.equal(held({}, [], browsing).notAsked[0]?.why, 'the journey has none of it');
  assert.equal(held({}, [row({})], browsing).slo.length, 1, 'a journey that does have it is held to it');
  assert.equal(held({ metric: 'web.lcp' }, [], browsing).slo[0]?.pass, false);
  // A run that does not say which bundles took part is held to everything.
  assert.equal(held({ metric: 'step.upload', tags: { size: 'large' } }, [], { settings: {} }).slo.length, 1);
});

test('every mistake is told, with its place and what there is', () => {
  const wrong = [
    { metric: 'web.lpc', statistic: 'p75', below: 1 },
    { metric: 'web.lcp', statistic: 'p42', below: 1 },
    { metric: 'rate.errors', statistic: 'p95', below: 1 },
    { metric: 'web.lcp', statistic: 'p75', tags: { bundle: 'x' }, below: 1 },
    { metric: 'web.lcp', statistic: 'p75' },
    { metric: 'web.lcp', statistic: 'p75', below: 1, above: 0 },
    { metric: 'web.lcp', statistic: 'p75', below: 1, less: 2 },
    { metric: 'step.upload', statistic: 'p75', below: 1, tags: { bundle: 'x', size: 'small' } },
    { metric: 'web.lcp', statistic: 'p75', below: 1 },
  ];
  assert.throws(
    () => parseObjectives(JSON.stringify(wrong), 'my.json'),
    (error: Error) => {
      const told = error.message.split('\n').map((line) => line.replace(/^my\.json, /, ''));
      assert.match(told[0] ?? '', /^objective 1: There is no metric "web\.lpc"\. There are: /);
      assert.match(told[1] ?? '', /^objective 2: web\.lcp has no statistic "p42"\. It has: min, /);
      assert.equal(told[2], 'objective 3: rate.errors has no statistic "p95". It has: mean.');
      assert.equal(told[3], 'objective 4: web.lcp has no tag "bundle". It has: page, active.');
      assert.match(told[4] ?? '', /^objective 5: give exactly one of below, /);
      assert.match(told[5] ?? '', /^objective 6: give exactly one of below, /);
      assert.match(told[6] ?? '', /^objective 7: the whole: .*"less"/);
      assert.match(told[7] ?? '', /^objective 8: step\.upload has rows by one tag at a time/);
      assert.equal(told.length, 8);
      return true;
    },
  );
  assert.throws(() => parseObjectives('{', 'my.json'), /my\.json is not JSON/);
  assert.throws(() => parseObjectives('{}', 'my.json'), /not a list/);
});

test('the objectives that come with the project can be held against a run', async () => {
  const text = await readFile(new URL('../../../slo.json', import.meta.url), 'utf8');
  assert.equal(parseObjectives(text, 'slo.json').length, (JSON.parse(text) as unknown[]).length);
});

test('a file that is not there is a sentence for people; none is no file', async () => {
  assert.deepEqual(await readObjectives('none'), []);
  assert.deepEqual(await readObjectives(undefined), []);
  await assert.rejects(readObjectives('/nowhere/slo.json'), {
    name: 'ConfigurationError',
    message:
      /^The objectives in SLO_FILE=\/nowhere\/slo\.json cannot be read: .*Name a file such as slo\.json, or none\.$/,
  });
});
