/** One invocation of probes, as people would type it, and what they recorded. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sandboxSettingsTable } from '../sandbox/settings.ts';
import { run } from '../scripts/lib/run.mjs';
import { foldProbes } from '../src/report/findings.ts';
import { readRecords } from '../src/report/records.ts';
import { settingsTable } from '../src/run/settings-table.ts';
import type { ProbeEvent } from '../src/telemetry/events.ts';
import type { Batch } from './plan.ts';

export type Answer = Pick<ProbeEvent, 'outcome' | 'why' | 'tries' | 'hits' | 'durationMs'>;

export interface Played {
  readonly answers: ReadonlyMap<string, Answer>;
  /** The run's results, with what it said in `output.txt`. */
  readonly folder: string;
}

export const root = path.resolve(import.meta.dirname, '..');
const limitMs = 30 * 60_000;

/**
 * Plays a batch; its results go to a folder of its own below `folder`.
 * @returns an answer for each of its probes: `broken` for one that left no record.
 * @throws Error with the runner's last words when no probe was played at all.
 */
export async function playBatch({ fault, probes, seed }: Batch, folder: string): Promise<Played> {
  const runId = `d${Date.now().toString(36)}`;
  const results = path.join(folder, runId);
  const { output, ended } = await run(
    process.execPath,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--project=hazards',
      '--workers=2',
      // Tags stand between spaces; one id may begin like another.
      `--grep=@(${probes.join('|')})(?=\\s|$)`,
    ],
    {
      cwd: root,
      limitMs,
      env: {
        ...defaults(),
        RUN_ID: runId,
        SEED: String(seed),
        ANALYSTS: '2',
        RESULTS_DIR: folder,
        ALLURE_RESULTS_DIR: path.join(folder, '.allure'),
        SANDBOX_FAULTS: fault ?? '',
      },
    },
  );
  await mkdir(results, { recursive: true });
  await writeFile(path.join(results, 'output.txt'), output);
  const { events } = await readRecords(results);
  const rows = new Map(foldProbes(events).map((row) => [row.id, row]));
  if (rows.size === 0) throw new Error(`No probe was played:\n${output.trimEnd().split('\n').slice(-15).join('\n')}`);
  const lost: Answer = {
    outcome: 'broken',
    why: ended === undefined ? 'it left no record' : `it had not ended after ${limitMs / 60_000} minutes`,
    tries: 0,
    hits: 0,
    durationMs: 0,
  };
  return { answers: new Map(probes.map((probe) => [probe, rows.get(probe) ?? lost])), folder: results };
}

/** Every setting but the browser's path is at its default, whatever the environment or a `.env` says. */
function defaults(): Record<string, string> {
  const names = [...settingsTable, ...sandboxSettingsTable].map(({ name }) => name);
  return Object.fromEntries(names.filter((name) => name !== 'BROWSER').map((name) => [name, '']));
}
