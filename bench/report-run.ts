/** A made-up run of any length, in the files of a real one: forty analysts of eight organisations, one journey after another. */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { drawsFor } from '../src/run/random.ts';
import type { JournalRecord } from '../src/run/journal-schema.ts';
import type { RunFile } from '../src/run/run-file.ts';
import { journeyRecords } from './report-journey.ts';
import { BUNDLES, LOOP_MS, nameOf, planJourney, type Plan, type Written } from './report-plan.ts';

const ANALYSTS = 40;
const COLLEAGUES = 5;
const WORKERS = 5;
/** An analyst's records of one journey, and the machine's meanwhile, on average. */
export const EVENTS_A_LOOP = 8_110;
const RUN_ID = 'madeup00';
const PREFIX = `Muster 2026-03-01 ${RUN_ID}`;
const STARTED_AT = Date.parse('2026-03-01T10:00:00.000Z');

export interface MadeRun {
  /** How many events its files hold. */
  readonly events: number;
  readonly bytes: number;
  /** From the start line to the last step. */
  readonly hours: number;
}

/** Writes a run of about so many events into the folder. The same `seed` gives the same bytes. */
export async function makeRun(folder: string, events: number, seed = 1): Promise<MadeRun> {
  await mkdir(path.join(folder, 'events'), { recursive: true });
  await mkdir(path.join(folder, 'journal'), { recursive: true });
  const loops = Math.max(1, Math.round(events / EVENTS_A_LOOP));
  const plan = (place: number, loop: number): Plan => planJourney(seed, PREFIX, place, loop, STARTED_AT);
  let [count, bytes] = [0, 0];
  const add = (written: Counted): void => {
    count += written.lines;
    bytes += written.bytes;
  };
  for (let place = 0; place < ANALYSTS; place += 1)
    add(await writeEvents(folder, nameOf(place), analystRecords(seed, place, loops, plan)));
  for (const name of ['machine', ...Array.from({ length: WORKERS }, (_, nth) => `worker-${nth}`)])
    add(await writeEvents(folder, name, healthRecords(seed, name, loops)));
  await writeJournal(folder, loops, plan);
  await writeFile(path.join(folder, 'run.json'), JSON.stringify(runFile()));
  return { events: count, bytes, hours: (loops * LOOP_MS) / 3_600_000 };
}

function runFile(): RunFile {
  return {
    schema: 1,
    runId: RUN_ID,
    prefix: PREFIX,
    startedAt: new Date(STARTED_AT).toISOString(),
    target: { kind: 'embedded', baseURL: 'http://127.0.0.1:4000' },
    profile: 'all at once',
    analysts: ANALYSTS,
    atOnce: ANALYSTS,
    bundles: BUNDLES.map((name) => ({ name, dataBytes: 270_587 })),
    settings: { JOURNEY: 'whole', UNTIL: 'done', REVIEW: 'auto', RUN_DEADLINE_MIN: 15, SLO_FILE: 'slo.json' },
    versions: {},
    host: {},
    startEpoch: STARTED_AT,
    health: true,
  };
}

function organizationOf(place: number): string {
  return `Organisation ${Math.floor(place / COLLEAGUES) + 1}`;
}

function* analystRecords(
  seed: number,
  place: number,
  loops: number,
  plan: (place: number, loop: number) => Plan,
): Generator<Written> {
  const [organization, bundle] = [organizationOf(place), BUNDLES[place % BUNDLES.length] ?? BUNDLES[0]];
  const began = STARTED_AT - 9_000;
  yield { at: began, body: { type: 'analyst', phase: 'begun', organization, bundle } };
  yield { at: began + 3_000, body: { type: 'analyst', phase: 'signed-in', how: 'form' } };
  yield { at: began + 3_000, body: { type: 'analyst', phase: 'ready' } };
  yield { at: STARTED_AT, body: { type: 'analyst', phase: 'started' } };
  const first = place - (place % COLLEAGUES);
  let last = STARTED_AT;
  for (let loop = 0; loop < loops; loop += 1) {
    const colleagues = Array.from({ length: COLLEAGUES }, (_, nth) => first + nth).filter((each) => each !== place);
    const records = journeyRecords(
      seed,
      plan(place, loop),
      colleagues.map((each) => plan(each, loop)),
    );
    yield* records;
    last = records.at(-1)?.at ?? last;
  }
  yield { at: last + 10, body: { type: 'analyst', phase: 'finished', outcome: 'ok' } };
}

/** A worker's event loop, or the machine, second by second; one second in thirty the loops are late. */
function* healthRecords(seed: number, name: string, loops: number): Generator<Written> {
  const draw = drawsFor(seed, `health ${name}`);
  const seconds = Math.ceil((loops * LOOP_MS) / 1000) + 40;
  for (let second = 0; second < seconds; second += 1) {
    const from = STARTED_AT + second * 1000;
    const window = { from, to: from + 1000 };
    yield name === 'machine'
      ? {
          at: from + 1010,
          body: {
            type: 'health',
            source: 'machine',
            ...window,
            cpuGenerator: 0.3 + draw() * 0.2,
            cpuProduct: draw() * 0.2,
            cpuRest: draw() * 0.05,
            psiCpuSome: draw() * 0.3,
            memoryGeneratorBytes: 2e9,
            memoryProductBytes: 2e8,
          },
        }
      : {
          at: from + 1005,
          body: {
            type: 'health',
            source: 'worker',
            ...window,
            loopLagP95Ms: second % 30 === 7 ? 12 : 1 + draw() * 3,
            loopLagMaxMs: 14,
          },
        };
  }
}

interface Counted {
  readonly lines: number;
  readonly bytes: number;
}

async function writeEvents(folder: string, analyst: string, records: Iterable<Written>): Promise<Counted> {
  const file = createWriteStream(path.join(folder, 'events', `${analyst}.jsonl`));
  let [lines, bytes] = [0, 0];
  for (const { at, body } of records) {
    const line = `${JSON.stringify({ v: 1, runId: RUN_ID, analyst, attempt: 1, at, ...body })}\n`;
    lines += 1;
    bytes += Buffer.byteLength(line);
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return { lines, bytes };
}

/** A journal that balances: each project intended, accepted, ended, and in the end deleted. */
async function writeJournal(folder: string, loops: number, plan: (place: number, loop: number) => Plan): Promise<void> {
  const base = { v: 1, runId: RUN_ID } as const;
  const projects = new Map<string, string[]>();
  for (let place = 0; place < ANALYSTS; place += 1) {
    const organization = organizationOf(place);
    const names = projects.get(organization) ?? [];
    projects.set(organization, names);
    const records = Array.from({ length: loops }, (_, loop) => plan(place, loop)).flatMap((each): JournalRecord[] => {
      const { analyst, project, projectId, productRunId, bundle, launchedAt, endedAt } = each;
      names.push(project);
      return [
        { ...base, at: launchedAt - 5, analyst, type: 'intended', project, bundle, organization },
        { ...base, at: launchedAt + 90, analyst, type: 'acknowledged', project, projectId, productRunId },
        { ...base, at: endedAt + 60, analyst, type: 'ended', project, end: 'completed' },
      ];
    });
    await writeLines(folder, nameOf(place), records);
  }
  const at = STARTED_AT + (loops + 1) * LOOP_MS;
  const swept = [...projects].map(([organization, listed]): JournalRecord => ({
    ...base,
    at,
    analyst: 'teardown',
    type: 'swept',
    organization,
    listed,
    deleted: listed,
    remaining: [],
  }));
  await writeLines(folder, 'teardown', swept);
}

async function writeLines(folder: string, name: string, records: readonly JournalRecord[]): Promise<void> {
  await writeFile(
    path.join(folder, 'journal', `${name}.jsonl`),
    records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  );
}
