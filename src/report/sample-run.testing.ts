/** A small run, made up for the tests of this room: what its workers would have written. */
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRecord } from '../run/journal-schema.ts';
import type { RunFile } from '../run/run-file.ts';
import type { EventBody, MusterEvent } from '../telemetry/events.ts';

export const RUN_ID = 'abc12345';
export const T0 = Date.parse('2026-03-01T10:00:00.000Z');
const PREFIX = `Muster 2026-03-01 ${RUN_ID}`;

export const sampleRun: RunFile = {
  schema: 1,
  runId: RUN_ID,
  prefix: PREFIX,
  startedAt: new Date(T0).toISOString(),
  target: { kind: 'embedded', baseURL: 'http://127.0.0.1:4000' },
  profile: 'all at once',
  analysts: 2,
  atOnce: 2,
  settings: {},
  versions: {},
  host: {},
};

export function event(analyst: string, atMs: number, body: EventBody): MusterEvent {
  return { v: 1, at: T0 + atMs, runId: RUN_ID, analyst, attempt: 1, ...body };
}

export function projectOf(analyst: string): string {
  return `${PREFIX} — ${analyst} coffee`;
}

/** Everything one analyst records on a journey that goes well: 60 s, from the start line at 2 s. */
export function goodJourney(analyst: string, slowerMs = 0): MusterEvent[] {
  const step = (name: string, fromMs: number, toMs: number) =>
    event(analyst, toMs, { type: 'step', name, startedAt: T0 + fromMs, endedAt: T0 + toMs, outcome: 'ok' });
  const vital = (name: 'LCP' | 'INP' | 'CLS' | 'FCP' | 'TTFB', kind: 'hard' | 'soft', value: number, atMs: number) =>
    event(analyst, atMs, {
      type: 'vital',
      name,
      kind,
      page: kind === 'hard' ? 'dashboard' : 'wizard',
      navigationId: kind,
      metricId: `${name}-${kind}`,
      value,
      rating: 'good',
      measured: true,
    });
  const navigation = (kind: 'hard' | 'soft') =>
    event(analyst, 2_050, {
      type: 'navigation',
      kind,
      page: kind === 'hard' ? 'dashboard' : 'wizard',
      navigationId: kind,
      measured: true,
    });
  return [
    event(analyst, 0, { type: 'analyst', phase: 'begun', organization: 'Meridian Research', bundle: 'coffee' }),
    step('sign-in', 100, 1_100),
    event(analyst, 1_100, { type: 'analyst', phase: 'signed-in' }),
    event(analyst, 1_200, { type: 'analyst', phase: 'ready' }),
    event(analyst, 2_000, { type: 'analyst', phase: 'started' }),
    navigation('hard'),
    navigation('soft'),
    vital('LCP', 'hard', 900, 2_500),
    vital('LCP', 'hard', 240 + slowerMs, 2_600),
    vital('FCP', 'hard', 200, 2_600),
    vital('TTFB', 'hard', 12, 2_600),
    vital('CLS', 'hard', 0.01, 2_600),
    vital('INP', 'hard', 48, 2_700),
    vital('LCP', 'soft', 120, 4_000),
    vital('INP', 'soft', 32, 4_000),
    vital('CLS', 'soft', 0, 4_000),
    vital('TTFB', 'soft', 0, 4_000),
    event(analyst, 2_300, { type: 'socket', phase: 'opened', socketId: 's1', connectionCount: 0 }),
    step('upload', 3_000, 4_800 + slowerMs),
    event(analyst, 20_000, {
      type: 'card',
      project: projectOf(analyst),
      own: true,
      status: 'Processing',
      committedAt: T0 + 19_900,
      sentAt: T0 + 19_902,
      arrivedAt: T0 + 19_910,
      paintedAt: T0 + 19_930,
    }),
    step('watch-to-end', 10_000, 60_000),
    event(analyst, 60_100, {
      type: 'socket',
      phase: 'closed',
      socketId: 's1',
      closeCode: 1001,
      framesReceived: 1_200,
      bytesReceived: 345_678,
    }),
    event(analyst, 60_200, {
      type: 'project',
      name: projectOf(analyst),
      bundle: 'coffee',
      projectId: `p-${analyst}`,
      productRunId: `r-${analyst}`,
      end: 'completed',
      durationMs: 48_000 + slowerMs,
    }),
    event(analyst, 60_300, { type: 'analyst', phase: 'finished', outcome: 'ok' }),
  ];
}

type JournalBody<T = JournalRecord> = T extends JournalRecord ? Omit<T, 'v' | 'at' | 'runId' | 'analyst'> : never;

export function journalRecord(analyst: string, body: JournalBody): JournalRecord {
  return { v: 1, at: T0, runId: RUN_ID, analyst, ...body };
}

/** The journal of analysts who each launched one project, which teardown then deleted. */
export function goodJournal(analysts: readonly string[]): JournalRecord[] {
  const projects = analysts.map(projectOf);
  return [
    ...analysts.flatMap((analyst) => [
      journalRecord(analyst, {
        type: 'intended',
        project: projectOf(analyst),
        bundle: 'coffee',
        organization: 'Meridian Research',
      }),
      journalRecord(analyst, {
        type: 'acknowledged',
        project: projectOf(analyst),
        projectId: `p-${analyst}`,
        productRunId: `r-${analyst}`,
      }),
      journalRecord(analyst, { type: 'ended', project: projectOf(analyst), end: 'completed' }),
    ]),
    journalRecord('teardown', {
      type: 'swept',
      organization: 'Meridian Research',
      listed: projects,
      deleted: projects,
      remaining: [],
    }),
  ];
}

/** Writes a run's folder into the system's temporary one, a file for events and one for the journal, and returns its path. */
export async function writeRun(
  events: readonly MusterEvent[],
  journal: readonly JournalRecord[],
  run: RunFile = sampleRun,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-report-'));
  await mkdir(join(folder, 'events'));
  await mkdir(join(folder, 'journal'));
  const lines = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFile(join(folder, 'run.json'), JSON.stringify(run));
  await writeFile(join(folder, 'events', 'worker-1.jsonl'), lines(events));
  await writeFile(join(folder, 'journal', 'worker-1.jsonl'), lines(journal));
  return folder;
}
