/** Reads and writes a run's results folder: `run.json` in, `summary.json`, `report.html` and `junit.xml` out. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFileSchema, type RunFile } from '../run/run-file.ts';
import { summarySchema, type Summary } from './summary.ts';

/** What the run says of itself; undefined when it never came so far as to say it. Rejects when it says something else than agreed. */
export async function readRunFile(runFolder: string): Promise<RunFile | undefined> {
  const path = join(runFolder, 'run.json');
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const result = runFileSchema.safeParse(JSON.parse(text));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`${path} is not as agreed: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

/** The summary of a finished run; undefined when there is none. Rejects when it is none of this version's. */
export async function readSummary(runFolder: string): Promise<Summary | undefined> {
  const text = await readIfThere(join(runFolder, 'summary.json'));
  return text === undefined ? undefined : summarySchema.parse(JSON.parse(text));
}

/** Writes a summary, checked against its own schema. Rejects when it does not keep to it. */
export async function writeSummary(runFolder: string, summary: Summary): Promise<void> {
  await writeWhole(join(runFolder, 'summary.json'), `${JSON.stringify(summarySchema.parse(summary), null, 2)}\n`);
}

/** Where a run's page is. */
export function pagePath(runFolder: string): string {
  return join(runFolder, 'report.html');
}

/** Writes a run's page. */
export async function writePage(runFolder: string, html: string): Promise<void> {
  await writeWhole(pagePath(runFolder), html);
}

/** Writes a run's JUnit file; of a run that was refused, into a folder that is not there yet. */
export async function writeJUnit(runFolder: string, xml: string): Promise<void> {
  await mkdir(runFolder, { recursive: true });
  await writeWhole(join(runFolder, 'junit.xml'), xml);
}

/** Whole or not at all. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
