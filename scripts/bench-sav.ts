/** `npm run bench:sav`: times the `.sav` codec at two survey sizes in its three forms. `-- 5` sets the number of repetitions. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSav, readSav, writeSav, type SavCase, type SavCompression, type SavDictionary } from '../datasets/sav/index.ts';

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
            ...(index % 10 !== 0 && { valueLabels: ['Not at all', 'A little', 'Somewhat', 'Quite', 'Very'].map((label, at) => ({ value: at + 1, label })) }),
            missing: { values: [99] },
          }),
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

const repetitions = Number(process.argv[2] ?? DEFAULT_REPETITIONS);
if (!Number.isInteger(repetitions) || repetitions < 1) {
  console.error(`The number of repetitions is "${process.argv[2]}"; give a whole number from 1 on.`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'muster-bench-sav-'));
try {
  const rows: Record<string, string | number>[] = [];
  for (const { respondents, variables } of SIZES) {
    const dictionary = dictionaryOf(variables);
    for (const compression of COMPRESSIONS) {
      const path = join(folder, `${respondents}-${compression}.sav`);
      const times: Record<'write' | 'stream' | 'read', number[]> = { write: [], stream: [], read: [] };
      for (let turn = 0; turn < repetitions; turn += 1) {
        times.write.push(await timed(() => writeSav(path, dictionary, casesOf(respondents, variables), { compression })));
        times.stream.push(await timed(() => streamThrough(path)));
        times.read.push(await timed(() => readSav(path)));
      }
      rows.push({
        size: `${respondents} × ${variables}`,
        form: compression,
        'file MiB': ((await stat(path)).size / MIB).toFixed(1),
        'write ms': Math.round(median(times.write)),
        'stream ms': Math.round(median(times.stream)),
        'read ms': Math.round(median(times.read)),
        // The process's peak so far: rows further down include those above.
        'peak RSS MiB': Math.round(process.resourceUsage().maxRSS / 1024),
      });
      await rm(path);
    }
  }
  console.log(`Medians of ${repetitions}; "read" is whole and by column, "stream" is case by case.`);
  console.table(rows);
} finally {
  await rm(folder, { recursive: true, force: true });
}
