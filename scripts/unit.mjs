/** `npm run test:unit [-- folder …]`: every `*.test.ts` beside its source, with Node's own test runner. */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './lib/run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['datasets', 'src', 'sandbox', 'scripts', 'fixtures', 'e2e', 'bench', 'detection'].filter((room) =>
  existsSync(path.join(root, room)),
);
const wanted = process.argv.slice(2);

const files = (wanted.length ? wanted : rooms)
  .flatMap((room) => (room.endsWith('.test.ts') ? [room] : testsBelow(room)))
  .sort();
// Node's own default leaves one core idle, which is half of a small machine.
const concurrency = `--test-concurrency=${availableParallelism()}`;
const { code } = await run(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-reporter=spec', concurrency, ...files],
  { cwd: root, inherit: true },
);
process.exitCode = code;

/** @param {string} folder relative to the root */
function testsBelow(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
