/** `npm run seed -- --projects 1000 --pending 500 --data FOLDER`: fills a sandbox's data folder with projects of every status. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleFiles, pick } from '../datasets/catalog.ts';
import { runStatuses } from '../sandbox/contract.ts';
import { seedFolder, type SeedCounts } from '../sandbox/seed/seed.ts';
import { readSettings, SettingsError } from '../sandbox/settings.ts';
import { DataFolderError } from '../sandbox/store/index.ts';

const usage = 'Usage: npm run seed -- --projects 1000 --pending 500 --data FOLDER [--seed 1]';

/** What was asked for cannot be done; the message says what would do. */
class UsageError extends Error {}

function whole(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new UsageError(`--${option} ${text} is not a whole number.\n${usage}`);
  return value;
}

function readArguments(): { values: { projects: string; pending: string; seed: string; data?: string } } {
  try {
    return parseArgs({
      options: {
        projects: { type: 'string', default: '1000' },
        pending: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
        data: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
}

function show(counts: SeedCounts): void {
  const organizations = [...counts.keys()].sort();
  const line = (label: string, cells: readonly (string | number)[]): string =>
    label.padEnd(16) + cells.map((cell) => String(cell).padStart(20)).join('');
  console.log(line('', [...organizations, 'together']));
  for (const status of runStatuses) {
    const cells = organizations.map((name) => counts.get(name)?.get(status) ?? 0);
    console.log(line(status.replaceAll('_', ' '), [...cells, cells.reduce((sum, cell) => sum + cell, 0)]));
  }
}

async function main(): Promise<void> {
  const { values } = readArguments();
  const settings = readSettings();
  const folder = values.data ?? settings.data;
  if (folder === undefined)
    throw new UsageError(`Name the data folder to fill, with --data or SANDBOX_DATA.\n${usage}`);
  const projects = whole(values.projects, 'projects');
  const pending = whole(values.pending, 'pending');
  if (pending > projects)
    throw new UsageError(
      `--pending ${pending} is more than --projects ${projects}. Ask for fewer reviews, or more projects.`,
    );
  const bundles = (await pick()).map((item) => ({ ...bundleFiles(item), tables: item.tables }));
  const { accounts, password } = settings;
  const counts = await seedFolder({
    folder: resolve(folder),
    projects,
    pending,
    bundles,
    accounts,
    password,
    seed: whole(values.seed, 'seed'),
  });
  show(counts);
  console.log(`\nSee it: SANDBOX_DATA=${resolve(folder)} npm run sandbox`);
}

main().catch((error: unknown) => {
  const isForPeople =
    [UsageError, SettingsError, DataFolderError].some((kind) => error instanceof kind) ||
    (error instanceof Error && error.name === 'CatalogError');
  console.error(isForPeople && error instanceof Error ? error.message : error);
  process.exitCode = isForPeople ? 2 : 1;
});
