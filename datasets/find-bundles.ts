/** Finds bundles in a folder as the product's own uploader does: each folder in it is one, told by the names of its files. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

export type FileRole = 'sav' | 'survey' | 'banner';

export interface FoundFile {
  readonly role: FileRole;
  readonly filename: string;
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** A folder of files; it is ready when it has a data file and a survey document. Without a banner plan the product makes one. */
export interface FoundBundle {
  readonly name: string;
  readonly ready: boolean;
  readonly hasBanner: boolean;
  /** At most one a role. */
  readonly files: readonly FoundFile[];
}

/** A folder that cannot be looked through; the message says what would do. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}

const surveyWords = ['survey', 'questionnaire', 'qre', 'qnr'];

/** The product's own rules: keywords in any case, extensions as written; Word's lock files (`~$…`) are no documents. */
function isDocument(name: string): boolean {
  return !name.startsWith('~$') && (name.endsWith('.docx') || name.endsWith('.pdf'));
}

/** What each role goes by. One file may have two: of `banner-survey.docx` nobody can tell. */
const rules: readonly (readonly [FileRole, (name: string) => boolean])[] = [
  ['sav', (name) => name.endsWith('.sav')],
  ['banner', (name) => isDocument(name) && name.toLowerCase().includes('banner')],
  ['survey', (name) => isDocument(name) && surveyWords.some((word) => name.toLowerCase().includes(word))],
];

/** The role of each of a folder's files that has one: for each role the first name that fits, in the order given. */
export function rolesOf(names: readonly string[]): Map<FileRole, string> {
  const roles = new Map<FileRole, string>();
  for (const [role, fits] of rules) {
    const found = names.find(fits);
    if (found !== undefined) roles.set(role, found);
  }
  return roles;
}

/**
 * The bundles of a folder, ready or not, in the order of their names; folders without a file of any role are none.
 * @throws FolderError when there is no such folder.
 */
export async function findBundles(folder: string): Promise<FoundBundle[]> {
  const names = await foldersIn(folder);
  const found = await Promise.all(names.map((name) => bundleAt(folder, name)));
  return found.filter(({ files }) => files.length > 0);
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'ENOENT' ? 'there is none' : cause.code === 'ENOTDIR' ? 'it is a file' : (cause.code ?? 'unknown');
    throw new FolderError(
      `The folder ${folder} cannot be searched for bundles (${why}): name one whose folders are bundles.`,
      { cause },
    );
  });
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    // A link to a folder is as good as one.
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(path.join(folder, entry.name)))))
      names.push(entry.name);
  }
  return names.sort(inOrder);
}

async function bundleAt(folder: string, name: string): Promise<FoundBundle> {
  const inputs = path.join(folder, name, 'inputs');
  const place = (await isFolder(inputs)) ? inputs : path.join(folder, name);
  const entries = await readdir(place, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .sort(inOrder);
  const files = await Promise.all(
    [...rolesOf(names)].map(async ([role, filename]): Promise<FoundFile> => {
      const file = path.resolve(place, filename);
      return { role, filename, path: file, sizeBytes: (await stat(file)).size };
    }),
  );
  const has = (role: FileRole): boolean => files.some((file) => file.role === role);
  return { name, ready: has('sav') && has('survey'), hasBanner: has('banner'), files };
}

async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** The same everywhere, whatever the language of the machine. */
function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
