/** The Allure report: one HTML file from the raw results, made by Allure 3 (no Java), with nothing in it that calls a third party. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATEGORIES } from './categories.ts';

export interface AllureOptions {
  /** What the report is called, also in the trends of later ones. */
  name: string;
  /** Where `allure-playwright` wrote its results. */
  resultsFolder: string;
  /** Replaced by the new report. */
  outputFolder: string;
  /** Allure is ended after this long. */
  limitMs: number;
  /** The file of what earlier reports held, for trends; `keep` adds this one, which a report made a second time must not. */
  history?: { readonly file: string; readonly keep: boolean };
}

/** How many reports back the trends go. */
const REMEMBERED = 60;

/** Whether there is anything to make a report of. */
export async function hasAllureResults(resultsFolder: string): Promise<boolean> {
  const names = await readdir(resultsFolder).catch(() => []);
  return names.some((name) => name.endsWith('-result.json'));
}

/** Makes the report and returns the path of its page. Rejects with Allure's own words when it fails or takes too long. */
export async function generateAllureReport(options: AllureOptions): Promise<string> {
  const { resultsFolder, outputFolder, limitMs } = options;
  await rm(outputFolder, { recursive: true, force: true });
  const cli = join(fileURLToPath(import.meta.resolve('allure')), '..', '..', 'cli.js');
  const folder = await mkdtemp(join(tmpdir(), 'muster-allure-'));
  try {
    const config = join(folder, 'allurerc.json');
    await writeFile(config, JSON.stringify(await allureConfig(options)));
    await runNode([cli, 'generate', '--config', config, resultsFolder], limitMs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  for (const entry of await readdir(outputFolder, { recursive: true })) {
    if (!entry.endsWith('.html')) continue;
    const path = join(outputFolder, entry);
    const html = withoutThirdPartyScripts(await readFile(path, 'utf8'));
    await writeFile(
      path,
      html.replace('</head>', () => `${ONE_VALUE}</head>`),
    );
  }
  return join(outputFolder, 'index.html');
}

/** What Allure reads, in words of its own: its commands have no options for all of it. */
async function allureConfig({ name, outputFolder, history }: AllureOptions): Promise<object> {
  if (history) await mkdir(dirname(history.file), { recursive: true });
  return {
    name,
    output: outputFolder,
    ...(history ? { historyPath: history.file, historyLimit: REMEMBERED, appendHistory: history.keep } : {}),
    categories: CATEGORIES,
    plugins: {
      awesome: {
        options: {
          // One file, because a report of several pages needs a server to be looked at.
          singleFile: true,
          groupBy: ['parentSuite', 'suite', 'subSuite'],
          charts: CHARTS,
        },
      },
    },
  };
}

/** Of Allure's charts those to which a run has something to say: it knows no severities, layers or coverage. */
const CHARTS = [
  { type: 'currentStatus', title: 'Tests of this run' },
  { type: 'statusDynamics', title: 'Tests of the runs before', limit: REMEMBERED },
  { type: 'statusTransitions', title: 'What broke and what was mended', limit: REMEMBERED },
  { type: 'durations', title: 'How long journeys took', groupBy: 'none' },
  { type: 'durationDynamics', title: 'How long the runs before took', limit: REMEMBERED },
  {
    type: 'stabilityDistribution',
    title: 'How often bundles came through',
    groupBy: 'label-name:bundle',
    threshold: 90,
  },
];

/**
 * Allure sums up each figure of its metrics section as if it had several samples. Ours are one a run, and a percentile must
 * not look like an average of itself: of the columns with the same value one stays, and is called what it is.
 */
const ONE_VALUE = `<style>
[data-testid="metrics-view"] table:has(> colgroup > col:nth-child(8):last-child) {
  > colgroup > col, > thead > tr > th, > tbody > tr > td {
    &:nth-child(2), &:nth-child(4), &:nth-child(5), &:nth-child(6) { display: none; }
  }
  > thead > tr > th:nth-child(3) { font-size: 0; }
  > thead > tr > th:nth-child(3)::after { content: "Value"; font-size: 12px; }
}
</style>`;

/**
 * Removes scripts that are loaded from another host, and the inline script by which Allure feeds Google Analytics,
 * which it embeds whatever its settings say (`plugin-awesome/dist/generators.js`). Scripts whose body only mentions
 * such things, such as the report's own data, stay.
 */
export function withoutThirdPartyScripts(html: string): string {
  return html
    .replace(/<script\b[^>]*\bsrc\s*=\s*["']?\s*(?:https?:)?\/\/[^>]*>\s*<\/script\s*>/gi, '')
    .replace(/<script\b[^>]*>\s*window\.dataLayer\s*=(?:(?!<\/script)[\s\S])*<\/script\s*>/gi, '');
}

function runNode(args: readonly string[], limitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    let words = '';
    const hear = (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            signal
              ? `Allure did not finish within ${Math.round(limitMs / 1000)} s.`
              : `Allure ended with ${code}: ${words.trim()}`,
          ),
        );
    });
  });
}
