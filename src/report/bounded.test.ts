/** However long a run, its fold holds no more than its analysts, projects and seconds call for, and says the same. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { EventBody, MusterEvent } from '../telemetry/events.ts';
import { CauseSelection, MOST_OF_A_KIND } from './cause-selection.ts';
import { Complaints, MOST_COMPLAINTS } from './complaints.ts';
import { fold, foldRun } from './fold.ts';
import { readRecords, RunFiles } from './records.ts';
import { event, goodJournal, goodJourney, sampleRun, T0, writeRun } from './sample-run.testing.ts';
import { Survey } from './survey.ts';
import { RAW_LIMIT, RELATIVE_ERROR } from './statistics/distribution.ts';
import { percentile, sorted } from './statistics/statistics.ts';
import { Lanes, MOST_IN_LANE } from './timeline.ts';

const [A, B] = ['analyst-01', 'analyst-02'];
const endedAt = new Date(T0 + 74_000);
const folders: string[] = [];

after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** What an analyst records again and again, without a project of their own: one step, one request, a page's timers. */
function busy(analyst: string, times: number): MusterEvent[] {
  return Array.from({ length: times }, (_, nth): EventBody[] => {
    const at = T0 + 3_000 + (nth % 50) * 1_000;
    return [
      { type: 'step', name: 'look', startedAt: at, endedAt: at + 10 + (nth % 90), outcome: 'ok' },
      {
        type: 'http',
        method: 'GET',
        route: '/api/x',
        startedAt: at,
        endedAt: at + latency(nth),
        status: 200,
        outcome: 'answered',
        traceId: 'f'.repeat(32),
        measured: true,
      },
      { type: 'health', source: 'page', from: at, to: at + 1_000, driftSamples: 5, driftOver50Ms: 0 },
      { type: 'error', source: 'console', message: `no ${nth}` },
    ];
  })
    .flat()
    .map((body, nth) => event(analyst, 3_000 + nth, body));
}

function latency(nth: number): number {
  return 5 + ((nth * 7_919) % 4_001);
}

test('the first look keeps as much of a run that is a hundred times as long', () => {
  const kept = (times: number) => {
    const survey = new Survey();
    for (const each of [...goodJourney(A), ...busy(A, times)]) survey.add(each);
    return { events: survey.events.length, seconds: survey.health.length };
  };
  const long = kept(20_000);
  assert.ok(long.events <= goodJourney(A).length, `${long.events} events`);
  assert.equal(long.seconds, kept(200).seconds);
});

test('one analyst at a time is read, whoever else is in the run, and of a page’s health the last', async () => {
  const folder = await writeRun([], []);
  folders.push(folder);
  for (const analyst of [A, B])
    await writeFile(
      join(folder, 'events', `${analyst}.jsonl`),
      [...goodJourney(analyst), ...busy(analyst, 500)].map((each) => `${JSON.stringify(each)}\n`).join(''),
    );
  // An analyst's events in two files are one chapter all the same.
  await writeFile(join(folder, 'events', `${A}.1-2.jsonl`), `${JSON.stringify(busy(A, 1)[0])}\n`);
  const files = new RunFiles(folder);
  for await (const batch of files.events()) assert.ok(batch.length < 3_000);
  const chapters: MusterEvent[][] = [];
  for await (const chapter of files.chapters()) chapters.push(chapter);
  assert.deepEqual(
    chapters.map((chapter) => [...new Set(chapter.map(({ analyst }) => analyst))]),
    [[A], [B]],
  );
  const [first = []] = chapters;
  assert.equal(first.filter(({ type }) => type === 'health').length, 1);
  assert.equal(first.filter(({ type }) => type === 'step').length, 3 + 500 + 1);
});

test('a run on disk folds as the same run in memory, whatever its files hold besides', async () => {
  const events = [...goodJourney(A), ...goodJourney(B, 300), ...busy(A, 300)];
  const folder = await writeRun(events, goodJournal([A, B]));
  folders.push(folder);
  await writeFile(join(folder, 'events', 'worker-2.jsonl'), `{"v":1}\n\n${JSON.stringify(events[0])}\n{"v":1,"ru`);
  const records = await readRecords(folder);
  assert.deepEqual(records.torn, ['events/worker-2.jsonl line 4']);
  assert.equal(records.problems.length, 1);
  const options = { run: sampleRun, expected: [A, B, 'analyst-03'], endedAt };
  assert.deepEqual(await foldRun(folder, options), fold({ ...options, records }));
});

test('beyond the limit the rows are a histogram’s, within its stated error of the samples', () => {
  const times = RAW_LIMIT + 2_000;
  const { facts } = fold({
    run: sampleRun,
    records: { events: [...goodJourney(A), ...busy(A, times)], journal: [], problems: [], torn: [] },
    endedAt,
  });
  const row = facts.metrics.find(({ name, tags }) => name === 'http.GET /api/x' && Object.keys(tags).length === 0);
  const exact = sorted(Array.from({ length: times }, (_, nth) => latency(nth)));
  assert.equal(row?.count, times);
  for (const [name, p] of [
    ['p50', 50],
    ['p75', 75],
    ['p95', 95],
    ['p99', 99],
  ] as const) {
    const [actual, expected] = [row[name] ?? NaN, percentile(exact, p)];
    assert.ok(Math.abs(actual - expected) <= expected * RELATIVE_ERROR + 0.001, `${name}: ${actual} for ${expected}`);
  }
  assert.equal(row.max, exact.at(-1));
});

test('a lane keeps its longest steps, counts the others, and loses no change of the queue', () => {
  const account = { analyst: A, outcome: 'ok', lacks: [] } as const;
  const spans = (count: number) =>
    Array.from({ length: count }, (_, nth) =>
      event(A, nth * 20, {
        type: 'step',
        name: `s${nth}`,
        startedAt: T0 + nth * 20,
        endedAt: T0 + nth * 20 + (nth % 17),
        outcome: 'ok',
      }),
    );
  const laneOf = (events: MusterEvent[]) => {
    const lanes = new Lanes([{ ...account, lacks: [] }]);
    lanes.add({ ...account, lacks: [] }, events);
    return lanes.timeline([], [])?.lanes[0];
  };
  const lane = laneOf(spans(MOST_IN_LANE * 3));
  assert.equal(lane?.steps.length, MOST_IN_LANE);
  assert.equal(lane.leftOut?.count, MOST_IN_LANE * 2);
  const all = spans(MOST_IN_LANE * 3).reduce((sum, _, nth) => sum + (nth % 17), 0);
  assert.equal(lane.leftOut.steps + lane.steps.reduce((sum, { from, to }) => sum + to - from, 0), all);
  assert.ok(lane.steps.every(({ from, to }) => to - from >= 11));
  assert.deepEqual(
    lane.steps.map(({ from }) => from),
    lane.steps.map(({ from }) => from).sort(),
  );
  assert.equal(laneOf(spans(MOST_IN_LANE))?.leftOut, undefined);
});

test('complaints that differ each time are kept up to a number, and then counted together', () => {
  const complaints = new Complaints();
  for (let nth = 0; nth < MOST_COMPLAINTS + 70; nth += 1)
    complaints.add({ source: 'page', message: `no ${nth}`, analyst: nth % 2 === 0 ? A : B });
  complaints.add({ source: 'page', message: 'no 3', analyst: A });
  const all = complaints.all();
  assert.equal(all.length, MOST_COMPLAINTS + 1);
  assert.deepEqual(all[0], { source: 'page', message: 'no 3', count: 2, analysts: 2 });
  assert.deepEqual([all.at(-1)?.count, all.at(-1)?.analysts], [70, 2]);
  assert.match(all.at(-1)?.message ?? '', /^others/);
});

test('causes are told from all vitals while they are few, and from as many drawn ones beyond', () => {
  const vitals = (count: number) =>
    Array.from({ length: count }, (_, nth) =>
      event(A, nth, {
        type: 'vital',
        name: 'LCP',
        kind: 'soft',
        page: 'wizard',
        navigationId: `n${nth}`,
        metricId: `m${nth}`,
        value: nth,
        rating: 'good',
        measured: true,
        attribution: { elementRenderDelay: nth, target: '#a' },
      }),
    );
  const causeOf = (count: number) => {
    const selection = new CauseSelection(() => false);
    selection.add(vitals(count));
    return selection.causes([])[0];
  };
  assert.equal(causeOf(MOST_OF_A_KIND)?.samples, MOST_OF_A_KIND);
  const [all, drawn] = [causeOf(MOST_OF_A_KIND)?.parts[0]?.ms ?? 0, causeOf(MOST_OF_A_KIND * 20)];
  assert.deepEqual([drawn?.samples, drawn?.of], [MOST_OF_A_KIND, MOST_OF_A_KIND * 20]);
  assert.equal(all, (MOST_OF_A_KIND - 1) / 2);
  // The median of twenty times as many is twenty times as large; a thousand drawn ones tell it within a tenth.
  assert.ok(Math.abs((drawn?.parts[0]?.ms ?? 0) / (all * 20) - 1) < 0.1);
});
