/** What `npm run detection` does: runs, shows the tables and what is wrong, and publishes when asked to. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hostOf, publish, publishedTable } from '../bench/published.ts';
import { catalogue } from '../e2e/hazards/catalogue/index.ts';
import { faultNames } from '../sandbox/faults/index.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readArguments } from './arguments.ts';
import { runDetection, type Detection } from './detection.ts';
import { unproved } from './plan.ts';
import { complaints, detectionTable, falseAlarmsTable } from './tables.ts';

const say = (line: string): void => console.log(line);

/** @returns the exit status: 0, also while runs are missing; 1 when anything is not as it should be; 2 for arguments that cannot be used. */
export async function detectionDoor(argv: readonly string[]): Promise<number> {
  try {
    const options = readArguments(argv, catalogue, faultNames);
    const folder = options.folder ?? (await mkdtemp(path.join(os.tmpdir(), 'muster-detection-')));
    const seconds = options.report ? 0 : options.seconds;
    const detection = await runDetection({ ...options, folder, seconds, say });
    showTables(detection, options.publish);
    const wrong = complaints(detection.results, unproved(catalogue, options.faults));
    showState(detection, wrong);
    if (options.folder === undefined && wrong.length === 0) await rm(folder, { recursive: true });
    return wrong.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

function showTables({ results, runs }: Detection, publishing: boolean): void {
  const latest = runs.at(-1);
  if (!latest) return say('Nothing has been run yet that counts.');
  const about = { measuredAt: latest.at.slice(0, 10), host: hostOf(latest.browser), command: 'npm run detection' };
  for (const table of [detectionTable(results, about), falseAlarmsTable(results, about)]) {
    if (!table) continue;
    say(`\n${publishedTable(table)}`);
    if (publishing) publish(table);
  }
  if (publishing) say('\nPublished: npm run papers puts it into the README.');
}

function showState({ results, outdated }: Detection, wrong: readonly string[]): void {
  const missing = results.reduce((sum, { runs, needed }) => sum + Math.max(0, needed - runs), 0);
  say('');
  if (outdated > 0) say(`Not counted, because they ran other code: ${outdated} runs.`);
  if (missing > 0) say(`Still missing: ${missing} runs; the same command takes them.`);
  for (const line of wrong) console.error(line);
  if (wrong.length === 0 && missing === 0) say('All is as it should be.');
}
