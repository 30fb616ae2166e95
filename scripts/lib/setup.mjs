/** The set-up: dependencies, a browser, the sandbox's screens. Each part is quick when there is nothing to do. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, noBrowserAdvice } from './browser.mjs';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** A set-up that cannot go on: the message says what to type. */
export class SetupError extends Error {}

/**
 * Makes the checkout ready to run.
 * @returns {Promise<void>}
 * @throws {SetupError} with a sentence for people.
 */
export async function setUp() {
  checkNode();
  await installDependencies();
  await provideBrowser();
  await buildScreens();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(
      `Muster needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and try again.`,
    );
  }
}

async function installDependencies() {
  const stamp = stampOf([path.join(root, 'package-lock.json')]);
  if (isStamped('dependencies', stamp) && existsSync(path.join(root, 'node_modules', '.package-lock.json'))) return;
  console.log('Set-up: installing dependencies (npm ci)');
  const { code, output, ended } = await run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    label: 'npm ci',
    limitMs: 15 * 60_000,
  });
  if (code !== 0) {
    throw new SetupError(
      `npm ci failed${ended ? ' (it took longer than 15 minutes)' : ''}. Its last words:\n${lastLines(output)}`,
    );
  }
  writeStamp('dependencies', stamp);
}

async function provideBrowser() {
  const wish = { browser: process.env['BROWSER'] || undefined };
  const own = await findPlaywrightsOwn(wish);
  const found = own ?? (await findBrowser(wish)) ?? (await installDebianBrowser(wish));
  if (!found) throw new SetupError(noBrowserAdvice);
}

/**
 * Playwright's own browser is the first choice wherever it can be downloaded. On a closed network the attempt ends soon,
 * and is not made again for the same version.
 * @param {{browser?: string}} wish
 */
async function findPlaywrightsOwn(wish) {
  if (wish.browser) return undefined;
  const stamp = stampOf([path.join(root, 'node_modules', 'playwright-core', 'browsers.json')]);
  if (isStamped('browser', stamp)) return undefined;
  const found = await findBrowser(wish);
  if (found && !found.executablePath) return found;
  console.log("Set-up: fetching Playwright's Chromium (a closed network is given up on after 20 s of silence)");
  const cli = path.join(root, 'node_modules', 'playwright', 'cli.js');
  const { code } = await run(process.execPath, [cli, 'install', 'chromium'], {
    cwd: root,
    label: 'playwright install',
    silenceMs: 20_000,
    limitMs: 10 * 60_000,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
  writeStamp('browser', stamp);
  if (code !== 0) console.log('  not reachable; looking for a browser that is already here');
  return undefined;
}

const mayInstallFromDebian = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @param {{browser?: string}} wish */
async function installDebianBrowser(wish) {
  if (wish.browser || !mayInstallFromDebian()) return undefined;
  console.log('Set-up: installing Chromium from Debian packages (apt-get)');
  await installFromDebian(['chromium', 'chromium-headless-shell']);
  return findBrowser(wish);
}

/**
 * A screen for the tests of headed runs, on a machine that has none and may install one. Elsewhere those tests say what they
 * lack.
 */
export async function provideScreen() {
  if (existsSync('/usr/bin/Xvfb') || !mayInstallFromDebian()) return;
  console.log('Set-up: installing Xvfb, a screen for the tests of windows, from Debian packages (apt-get)');
  await installFromDebian(['xvfb']);
}

/** @param {readonly string[]} packages */
async function installFromDebian(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { label: 'apt-get update', silenceMs: 30_000, limitMs: 120_000, env });
  const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    label: 'apt-get install',
    silenceMs: 60_000,
    limitMs: 5 * 60_000,
    env,
  });
  if (code !== 0) console.log(`  apt-get could not: ${lastLines(output, 2)}`);
}

async function buildScreens() {
  const web = path.join(root, 'sandbox', 'web');
  const stamp = stampOf([
    ...filesBelow(web),
    path.join(root, 'sandbox', 'contract.ts'),
    path.join(root, 'package-lock.json'),
  ]);
  if (isStamped('screens', stamp) && existsSync(path.join(web, 'dist', 'index.html'))) return;
  console.log("Set-up: building the sandbox's screens");
  const { code, output } = await run(npm, ['run', '--silent', 'sandbox:build'], {
    cwd: root,
    label: 'vite build',
    limitMs: 5 * 60_000,
  });
  if (code !== 0)
    throw new SetupError(
      `The sandbox's screens could not be built. The last words of npm run sandbox:build:\n${lastLines(output)}`,
    );
  writeStamp('screens', stamp);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(path.join(folder, 'dist') + path.sep))
    .sort();
}

/** @param {readonly string[]} files */
function stampOf(files) {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of files) hash.update(path.relative(root, file)).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

/** @param {string} name */
const stampFile = (name) => path.join(root, 'node_modules', '.muster', name);

/**
 * @param {string} name
 * @param {string} stamp
 */
const isStamped = (name, stamp) => existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === stamp;

/**
 * @param {string} name
 * @param {string} stamp
 */
function writeStamp(name, stamp) {
  mkdirSync(path.dirname(stampFile(name)), { recursive: true });
  writeFileSync(stampFile(name), stamp);
}

/** @param {string} text */
const lastLines = (text, count = 15) => text.trim().split('\n').slice(-count).join('\n');
