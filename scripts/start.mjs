/** `npm start`: set-up, then the main job in the layout that suits this machine. Extra arguments go to Playwright. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { analystsPerWorker } from './lib/layout.mjs';
import { run } from './lib/run.mjs';
import { SetupError, setUp } from './lib/setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  await setUp();
  const args = process.argv.slice(2);
  const layoutChosen = process.env['PER_WORKER'] || args.some((arg) => /^(-j|--workers)/.test(arg));
  const { code } = await run(
    process.execPath,
    [path.join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', ...args],
    {
      cwd: root,
      inherit: true,
      env: layoutChosen ? {} : { PER_WORKER: String(analystsPerWorker(Number(process.env['ANALYSTS'] || 15))) },
    },
  );
  process.exitCode = code;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
