/** What can be read in the files of a bundle of one's own, kept so that every file is read once and not by every worker. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { checksum } from '../checksum.ts';
import { openSav, SavError } from '../sav/index.ts';

/** A bundle of one's own that cannot be used. The message holds its name, and neither a file's name nor a word of its data. */
export class OwnDataError extends Error {
  override readonly name = 'OwnDataError';
}

const factsSchema = z.object({
  sizeBytes: z.int(),
  modifiedMs: z.number(),
  sha256: z.string(),
  /** Of a data file. */
  respondents: z.int().optional(),
  variables: z.int().optional(),
});
export type FileFacts = z.infer<typeof factsSchema>;

/** A file's facts; read anew when it has changed since they were kept. @throws OwnDataError for data that cannot be read. */
export async function factsOf(
  file: string,
  { bundle, isData, cache }: { readonly bundle: string; readonly isData: boolean; readonly cache: string },
): Promise<FileFacts> {
  try {
    return await readOrRecall(file, { bundle, isData, cache });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // The system's own message names the file.
    throw new OwnDataError(`A file of ${bundle} cannot be read (${code}).`);
  }
}

async function readOrRecall(
  file: string,
  { bundle, isData, cache }: { readonly bundle: string; readonly isData: boolean; readonly cache: string },
): Promise<FileFacts> {
  const { size, mtimeMs } = await stat(file);
  const kept = path.join(cache, `${createHash('sha256').update(file).digest('hex').slice(0, 24)}.json`);
  const known = await readFacts(kept);
  if (known?.sizeBytes === size && known.modifiedMs === mtimeMs) return known;
  const facts: FileFacts = {
    ...(await checksum(file)),
    modifiedMs: mtimeMs,
    ...(isData ? await countsOf(file, bundle) : {}),
  };
  await mkdir(cache, { recursive: true });
  const draft = `${kept}.${process.pid}.draft`;
  await writeFile(draft, JSON.stringify(facts));
  await rename(draft, kept);
  return facts;
}

async function readFacts(kept: string): Promise<FileFacts | undefined> {
  try {
    return factsSchema.parse(JSON.parse(await readFile(kept, 'utf8')));
  } catch {
    return undefined; // None yet, or of another version: they are read anew.
  }
}

async function countsOf(file: string, bundle: string): Promise<Pick<FileFacts, 'respondents' | 'variables'>> {
  try {
    const data = await openSav(file);
    try {
      return { respondents: await data.countCases(), variables: data.header.variables.length };
    } finally {
      await data.close();
    }
  } catch (error) {
    if (!(error instanceof SavError)) throw error;
    // The codec's own message names the file and may quote variables; without a cause nobody prints it by mistake.
    throw new OwnDataError(
      `The data file of ${bundle} is no SPSS system file that can be read. What is wrong with it is told by: npm run datasets -- list --in FOLDER`,
    );
  }
}
