/**
 * The pipeline child as one plain file: transpiling its modules anew costs each of them half a second of processor time.
 * It is made when a sandbox starts, once for each state of the sources, so that it is never older than they are.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, '.cache', 'pipeline');
/** All that a child can import of the project. */
const rooms = ['sandbox', 'datasets/sav'];

let known: string | undefined;

/** The bundled entry for the sources as they are; undefined when it has not been made. */
export function bundledChild(): string | undefined {
  known ??= entryIn(path.join(folder, stateOfSources()));
  return existsSync(known) ? known : undefined;
}

/** Makes the bundled entry, unless it is there. @throws when the sources cannot be bundled. */
export async function bundleChild(): Promise<void> {
  if (bundledChild() !== undefined || known === undefined) return;
  const { build } = await import('vite');
  await mkdir(folder, { recursive: true });
  const draft = await mkdtemp(path.join(folder, 'draft-'));
  try {
    await build({
      configFile: false,
      root,
      logLevel: 'error',
      build: {
        ssr: path.join(root, 'sandbox/pipeline/child.ts'),
        outDir: draft,
        emptyOutDir: false,
        copyPublicDir: false,
      },
    });
    // Another sandbox may have been first.
    await rename(draft, path.dirname(known)).catch((error: unknown) => {
      if (bundledChild() === undefined) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function entryIn(place: string): string {
  return path.join(place, 'child.js');
}

function stateOfSources(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of ['package-lock.json', ...rooms.flatMap(sourcesBelow)].sort())
    hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

function sourcesBelow(room: string): string[] {
  return readdirSync(path.join(root, room), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|browser)\.ts$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(path.join('sandbox', 'web')));
}
