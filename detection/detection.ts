/** Probes against the sandbox with each of its faults and with none, gathered in a folder, and what they came to. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from '../bench/browser.ts';
import { stoppable } from '../bench/rounds.ts';
import { catalogue } from '../e2e/hazards/catalogue/index.ts';
import { foldCells, type CellResult } from './matrix.ts';
import { batchesOf, cellsOf, type Batch, type Cell, type Selection } from './plan.ts';
import { playBatch, root } from './play.ts';
import { isAnswered, keepRuns, nameOf, readRuns, type Counted, type RunRecord, type VersionOf } from './record.ts';
import { readVersions } from './versions.ts';

export interface DetectionOptions extends Selection {
  /** Where runs are gathered; those that are there already are not done again. */
  readonly folder: string;
  /** After so many seconds no further invocation is begun; with 0, none. */
  readonly seconds: number;
  readonly say: (line: string) => void;
}

export interface Detection extends Counted {
  readonly results: readonly CellResult[];
}

/** How probes are played; other than by Playwright in tests. */
export interface Player {
  readonly play: typeof playBatch;
  /** For a publication. */
  browserName(): Promise<string>;
  /** Of the code as it is now. */
  readVersions(): VersionOf;
}

const player: Player = {
  play: playBatch,
  async browserName() {
    const { browser, name } = await openBrowser();
    await browser.close();
    return name;
  },
  readVersions: () => readVersions(root, catalogue),
};

/**
 * Does what is missing, until the time is up, and folds all that is there.
 * @throws Error when no probe could be played, or the code changed meanwhile; what was run before is kept.
 */
export async function runDetection(options: DetectionOptions, by: Player = player): Promise<Detection> {
  const cells = cellsOf(catalogue, options);
  const versionOf = by.readVersions();
  if (options.seconds > 0) await playMissing(cells, options, { by, versionOf });
  const counted = await readRuns(options.folder, cells, versionOf);
  return { ...counted, results: foldCells(cells, counted.runs) };
}

async function playMissing(
  cells: readonly Cell[],
  { folder, seconds, say }: DetectionOptions,
  { by, versionOf }: { readonly by: Player; readonly versionOf: VersionOf },
): Promise<void> {
  const { runs } = await readRuns(folder, cells, versionOf);
  const answered = new Set(runs.filter(isAnswered).map((run) => `${nameOf(run)} ${run.seed}`));
  const todo = batchesOf(cells, (cell, seed) => answered.has(`${nameOf(cell)} ${seed}`));
  if (todo.length === 0) return;
  const browser = await by.browserName();
  const deadline = Date.now() + seconds * 1000;
  await stoppable(async (signal) => {
    for (const [place, batch] of todo.entries()) {
      if (Date.now() > deadline) return;
      const began = new Date();
      const { answers, folder: left } = await by.play(batch, path.join(folder, 'runs'));
      signal.throwIfAborted();
      const records = [...answers].map(([probe, { outcome, why, tries, hits, durationMs }]): RunRecord => {
        const cell = { fault: batch.fault, probe };
        const answer = { outcome, ...(why === undefined ? {} : { why }), tries, hits, durationMs };
        return { at: began.toISOString(), ...cell, seed: batch.seed, version: versionOf(cell), browser, ...answer };
      });
      // Others may be at work in the same tree: of which version this was, nobody can say then.
      const versionNow = by.readVersions();
      if (records.some((record) => record.version !== versionNow(record))) {
        await rm(left, { recursive: true });
        throw new Error('The code was changed while it was tried. What was run before is kept: start again.');
      }
      await keepRuns(folder, records);
      const results = foldCells(cells, records).filter(({ runs: done, unanswered }) => done + unanswered.length > 0);
      const tookS = Math.round((Date.now() - began.getTime()) / 1000);
      say(`${place + 1} of ${todo.length}  ${told(batch, results)} (${tookS} s)`);
      if (results.some(({ state, unanswered }) => state === 'wrong' || unanswered.length > 0))
        say(`  what was seen is kept: ${path.relative(process.cwd(), left)}`);
      else await rm(left, { recursive: true });
    }
  });
}

/** What a batch came to, in a line. */
function told({ fault }: Batch, results: readonly CellResult[]): string {
  const words = results.map(({ probe, hits, tries, unanswered }) => {
    if (unanswered.length > 0) return `${probe} came to no answer`;
    return hits > 0 ? `${probe} found it in ${hits} of ${tries}` : `${probe} clean`;
  });
  return `${fault ?? 'no fault'}: ${words.join(', ')}`;
}
