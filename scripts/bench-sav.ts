/**
 * `npm run bench:sav`: times the `.sav` codec at two survey sizes in its three forms; `-- 5` sets the number of repetitions.
 * Each reading has a process of its own, so that its peak memory is its own too.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openSav,
  readSav,
  writeSav,
  type SavCase,
  type SavCompression,
  type SavDictionary,
} from '../datasets/sav/index.ts';

const SIZES = [
  { respondents: 1_500, variables: 400 },
  { respondents: 20_000, variables: 600 },
] as const;
const COMPRESSIONS: readonly SavCompression[] = ['none', 'bytecode', 'zlib'];
const DEFAULT_REPETITIONS = 3;
const MIB = 1024 * 1024;

/** A survey-like dictionary: mostly five-point items, every tenth variable a fraction, every twentieth open text. */
function dictionaryOf(count: number): SavDictionary {
  return {
    variables: Array.from({ length: count }, (_, index) =>
      index % 20 === 19
        ? { name: `open_text_${index}`, width: 40, label: `Why did you say so? (${index})` }
        : {
            name: `question_${index}`,
            width: 0,
            label: `How satisfied are you with item ${index}?`,
            ...(index % 10 !== 0 && {
              valueLabels: ['Not at all', 'A little', 'Somewhat', 'Quite', 'Very'].map((label, at) => ({
                value: at + 1,
                label,
              })),
            }),
            missing: { values: [99] },
          },
    ),
  };
}

function* casesOf(respondents: number, variables: number): Generator<SavCase> {
  for (let row = 0; row < respondents; row += 1) {
    yield Array.from({ length: variables }, (_, index) => {
      const mixed = (row * 31 + index * 17 + ((row * index) % 13)) % 97;
      if (index % 20 === 19) return mixed < 60 ? '' : `because of reason ${mixed} and ${row % 7}`;
      if (index % 10 === 0) return mixed / 7;
      return mixed < 4 ? null : (mixed % 5) + 1;
    });
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function streamThrough(path: string): Promise<void> {
  const file = await openSav(path);
  try {
    let seen = 0;
    for await (const batch of file.cases()) seen += batch.length;
    if (seen !== file.header.statedCases) throw new Error(`${seen} cases streamed of ${file.header.statedCases}`);
  } finally {
    await file.close();
  }
}

const WORK: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  stream: streamThrough,
  read: (path) => readSav(path),
};

interface Measured {
  readonly ms: number;
  readonly peakMiB: number;
}

/** Runs this script again for one reading of one file. */
function measureApart(work: string, path: string): Measured {
  const child = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, work, path], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (child.status !== 0) throw new Error(`${work} ${path} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as Measured;
}

async function measureHere(work: string, path: string): Promise<Measured> {
  const run = WORK[work];
  if (!run) throw new Error(`"${work}" is no measurement; they are ${Object.keys(WORK).join(' and ')}`);
  const ms = await timed(() => run(path));
  return { ms, peakMiB: process.resourceUsage().maxRSS / 1024 };
}

async function compare(repetitions: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-sav-'));
  try {
    const rows: Record<string, string | number>[] = [];
    for (const { respondents, variables } of SIZES) {
      for (const compression of COMPRESSIONS) {
        const path = join(folder, `${respondents}-${compression}.sav`);
        const writeMs: number[] = [];
        const streams: Measured[] = [];
        const reads: Measured[] = [];
        for (let turn = 0; turn < repetitions; turn += 1) {
          writeMs.push(
            await timed(() =>
              writeSav(path, dictionaryOf(variables), casesOf(respondents, variables), { compression }),
            ),
          );
          streams.push(measureApart('stream', path));
          reads.push(measureApart('read', path));
        }
        rows.push({
          size: `${respondents} × ${variables}`,
          form: compression,
          'file MiB': ((await stat(path)).size / MIB).toFixed(1),
          'write ms': Math.round(median(writeMs)),
          'stream ms': Math.round(median(streams.map(({ ms }) => ms))),
          'stream peak MiB': Math.round(median(streams.map(({ peakMiB }) => peakMiB))),
          'read ms': Math.round(median(reads.map(({ ms }) => ms))),
          'read peak MiB': Math.round(median(reads.map(({ peakMiB }) => peakMiB))),
        });
        await rm(path);
      }
    }
    console.log(
      `Medians of ${repetitions}, each reading in a fresh process: "stream" goes case by case, "read" holds the whole file by column.`,
    );
    console.table(rows);
    console.log(
      `Peak memory of this process, which generated and wrote all: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB.`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [first, path] = process.argv.slice(2);
const repetitions = Number(first ?? DEFAULT_REPETITIONS);
if (first !== undefined && path !== undefined) console.log(JSON.stringify(await measureHere(first, path)));
else if (Number.isInteger(repetitions) && repetitions > 0) await compare(repetitions);
else {
  console.error(`The number of repetitions is "${first}"; give a whole number from 1 on.`);
  process.exitCode = 2;
}
