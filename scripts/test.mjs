/**
 * `npm test`: set-up, then every check the project has, one after the other, all of them even when one fails. The last line
 * counts: a check that has no tests of its own (lint, types) counts as one.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastCount, parseCounts } from './lib/counts.mjs';
import { run } from './lib/run.mjs';
import { provideScreen, SetupError, setUp } from './lib/setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = process.execPath;
const bin = (/** @type {string[]} */ ...parts) => path.join(root, 'node_modules', ...parts);
const playwright = bin('@playwright', 'test', 'cli.js');

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {readonly string[]} args For Node.
 * @property {'one' | 'node' | 'playwright' | 'muster'} counts Whose closing lines say how many tests passed.
 * @property {number} limitMs
 * @property {Record<string, string>} [env]
 */

/** @type {readonly Check[]} */
const checks = [
  { name: 'lint', args: [bin('eslint', 'bin', 'eslint.js'), '.'], counts: 'one', limitMs: 5 * 60_000 },
  {
    name: 'format',
    args: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '.'],
    counts: 'one',
    limitMs: 5 * 60_000,
  },
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'], counts: 'one', limitMs: 5 * 60_000 },
  {
    name: 'types of the screens',
    args: [bin('typescript', 'bin', 'tsc'), '-p', 'sandbox/web/tsconfig.json'],
    counts: 'one',
    limitMs: 5 * 60_000,
  },
  { name: 'unit tests', args: ['scripts/unit.mjs'], counts: 'node', limitMs: 30 * 60_000 },
  {
    name: 'browser tests',
    args: [playwright, 'test', '--config', 'playwright.browser.config.ts'],
    counts: 'playwright',
    limitMs: 40 * 60_000,
  },
  {
    name: 'main job, short: six analysts in two workers',
    args: [playwright, 'test', '--workers=2'],
    counts: 'muster',
    limitMs: 10 * 60_000,
    // The job is checked here, not the machine, which is busy with checks.
    env: { ANALYSTS: '6', PER_WORKER: '3', HOLD_TO: 'work', RAMP_S: '3', THINK_S: '1' },
  },
  {
    name: 'detection, short: two faults that come near each other, and none',
    args: ['--import', 'tsx', 'scripts/detection.ts', '--quick'],
    counts: 'one',
    limitMs: 10 * 60_000,
  },
];

try {
  await setUp();
  await provideScreen();
  let passed = 0;
  let failed = 0;
  for (const check of checks) {
    console.log(`== ${check.name}`);
    const began = Date.now();
    const { code, output, ended } = await run(node, check.args, {
      cwd: root,
      label: check.name,
      limitMs: check.limitMs,
      env: { FORCE_COLOR: '0', ...check.env },
    });
    const counts =
      check.counts === 'one' ? { passed: code === 0 ? 1 : 0, failed: 0 } : parseCounts(check.counts, output);
    // A check that failed without naming a failed test has still failed.
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    if (code === 0 && counts.passed === 0) counts.failed += 1;
    passed += counts.passed;
    failed += counts.failed;
    if (code !== 0 || process.env['VERBOSE']) console.log(output.trimEnd());
    const reason = ended ? `, ended after ${check.limitMs / 60_000} minutes` : code === 0 ? '' : `, exit ${code}`;
    console.log(
      `   ${counts.failed ? 'FAILED' : 'ok'}: ${lastCount(counts)}${reason} (${Math.round((Date.now() - began) / 1000)} s)`,
    );
  }
  console.log(`tests: ${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  console.log('tests: 0 passed, 1 failed');
  process.exitCode = 2;
}
