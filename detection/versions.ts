/**
 * Which code a run was a run of. What a probe is, its story and all that plays it, decides over each of its runs; the
 * sandbox only over runs with a fault. A clean run asks whether the probe cries wolf, and the sandbox is as clean after a
 * change as before it. Comments, types and layout of the code do not count.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { CatalogueEntry } from '../e2e/hazards/catalogue/index.ts';
import type { Cell } from './plan.ts';

/** What plays every probe, besides the probe's own story. Files, with slashes, from the root. */
const players = /^(e2e\/hazards\/[^/]+|fixtures\/(probe|product|scene[^/]*)|src\/product\/.+|src\/run\/tries)\.ts$/;
const sandbox = /^sandbox\/.+\.(ts|tsx|css|html)$/;
const rooms = ['e2e/hazards', 'fixtures', 'src/product', 'src/run', 'sandbox'];
const noPart = /\.(test|browser|spec)\.ts$|[/.-]testing\b|\/dist\//;

/** @returns the version of a cell's code: a few hexadecimal digits. @throws Error for a probe whose story is not where it should be. */
export function readVersions(
  root: string,
  catalogue: Readonly<Record<string, Pick<CatalogueEntry, 'luck' | 'setting'>>>,
): (cell: Pick<Cell, 'fault' | 'probe'>) => string {
  const files = filesOf(root);
  const versionOf = (part: RegExp): string =>
    digest(files.filter((file) => part.test(file)).flatMap((file) => [file, running(root, file)]));
  const playing = versionOf(players);
  const product = versionOf(sandbox);
  const stories = new Map(
    Object.entries(catalogue).map(([id, { luck, setting }]) => [
      id,
      digest([playing, storyOf(root, id), JSON.stringify({ luck, setting }, withFunctions)]),
    ]),
  );
  return ({ fault, probe }) => {
    const story = stories.get(probe);
    if (story === undefined) throw new Error(`There is no probe "${probe}".`);
    return fault === null ? story : digest([story, product]);
  };
}

function storyOf(root: string, id: string): string {
  const file = path.join('e2e/hazards', `${id}.spec.ts`);
  try {
    return running(root, file);
  } catch (cause) {
    throw new Error(`The story of the probe ${id} cannot be read: it should be ${file}.`, { cause });
  }
}

function filesOf(root: string): string[] {
  return rooms
    .flatMap((room) =>
      readdirSync(path.join(root, room), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')),
    )
    .filter((file) => !noPart.test(file))
    .sort();
}

/** What runs of a file. */
function running(root: string, file: string): string {
  const text = readFileSync(path.join(root, file), 'utf8');
  if (!/\.tsx?$/.test(file)) return text;
  return ts.transpileModule(text, {
    fileName: file,
    compilerOptions: { target: ts.ScriptTarget.ESNext, jsx: ts.JsxEmit.Preserve, removeComments: true },
  }).outputText;
}

function withFunctions(_key: string, value: unknown): unknown {
  return typeof value === 'function' ? String(value) : value;
}

function digest(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} ${part}`);
  return hash.digest('hex').slice(0, 12);
}
