/**
 * Which browser this machine offers. Found browsers are proved by opening a page in them; what was proved is remembered in
 * `.cache/browser.json`, so that a later look takes no time.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const memory = path.join(root, '.cache', 'browser.json');

/**
 * @typedef {object} FoundBrowser
 * @property {string} [executablePath] Absent: Playwright's own.
 * @property {string[]} args Flags it needs on this machine.
 * @property {string} description For people: which one, and where it came from.
 */

/** Said when there is no browser: what to type. */
export const noBrowserAdvice =
  'No usable Chromium was found. Type one of these, then try again:\n' +
  '  npx playwright install --with-deps chromium           (anywhere with internet access)\n' +
  '  apt-get install chromium chromium-headless-shell      (Debian, as root)\n' +
  'or set BROWSER=/path/to/chromium (or chrome) to one that you have.';

/** Well-known places of a full browser and of the headless shell, best first. */
const places = {
  shell: ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium-headless-shell'],
  full: [
    '/usr/lib/chromium/chromium',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Flags: nothing of the browser's own may reach for the network; root needs the sandbox off. */
export function browserArgs() {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ];
  return process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
}

/**
 * Candidates in order of preference; the first entry is always Playwright's own.
 * @param {{headed: boolean, browser?: string}} wish
 * @returns {FoundBrowser[]}
 */
function candidates({ headed, browser }) {
  const args = browserArgs();
  if (browser) return [{ executablePath: browser, args, description: `${browser} (from BROWSER)` }];
  const installed = headed ? places.full : [...places.shell, ...places.full];
  return [
    { args, description: "Playwright's own Chromium" },
    ...installed.filter((file) => existsSync(file)).map((file) => ({ executablePath: file, args, description: file })),
  ];
}

/**
 * Opens a page in a browser and says what went wrong, if anything did.
 * @param {FoundBrowser} candidate
 * @param {boolean} headed
 * @returns {Promise<string | undefined>}
 */
async function refusal(candidate, headed) {
  try {
    const { chromium } = await import('playwright');
    // A headed window needs a screen; that the full browser runs can be proved without one.
    const browser = await chromium.launch({
      executablePath: candidate.executablePath,
      args: candidate.args,
      headless: true,
      timeout: 30_000,
      ...(headed && !candidate.executablePath ? { channel: 'chromium' } : {}),
    });
    try {
      const page = await browser.newPage();
      await page.setContent('<title>ready</title>');
      return undefined;
    } finally {
      await browser.close();
    }
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
  }
}

/**
 * The browser to use, proved. Undefined when there is none: say `noBrowserAdvice`.
 * @param {{headed?: boolean, browser?: string}} [wish] `browser`: an executable to insist on.
 * @returns {Promise<FoundBrowser | undefined>}
 */
export async function findBrowser({ headed = false, browser } = {}) {
  const key = `${headed ? 'headed' : 'headless'} ${browser ?? ''} ${process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? ''}`;
  const known = remembered()[key];
  if (known && stillThere(known)) return known;
  for (const candidate of candidates({ headed, browser })) {
    if ((await refusal(candidate, headed)) !== undefined) continue;
    const proved = { ...candidate, proof: await proofOf(candidate) };
    mkdirSync(path.dirname(memory), { recursive: true });
    writeFileSync(memory, JSON.stringify({ ...remembered(), [key]: proved }, null, 2));
    return proved;
  }
  return undefined;
}

/**
 * The file whose presence, unchanged, lets a proof be believed later.
 * @param {FoundBrowser} candidate
 */
async function proofOf(candidate) {
  const { chromium } = await import('playwright');
  const file = candidate.executablePath ?? chromium.executablePath();
  return existsSync(file) ? { file, modifiedMs: statSync(file).mtimeMs } : undefined;
}

/** @param {FoundBrowser & {proof?: {file: string, modifiedMs: number}}} known */
function stillThere(known) {
  return (
    known.proof !== undefined &&
    existsSync(known.proof.file) &&
    statSync(known.proof.file).mtimeMs === known.proof.modifiedMs
  );
}

/** @returns {Record<string, FoundBrowser & {proof?: {file: string, modifiedMs: number}}>} */
function remembered() {
  if (!existsSync(memory)) return {};
  try {
    return /** @type {Record<string, FoundBrowser>} */ (JSON.parse(readFileSync(memory, 'utf8')));
  } catch {
    return {}; // A half-written memory is no memory; the browser is proved again.
  }
}
