/** `npm start`: set-up, then the main job. Extra arguments go to Playwright. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './lib/run.mjs';
import { SetupError, setUp } from './lib/setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  await setUp();
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const { code } = await run(process.execPath, [cli, 'test', ...process.argv.slice(2)], { cwd: root, inherit: true });
  process.exitCode = code;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
