/** `npm run report [-- RUN]`: the Allure report of the last run, opened where there is a screen, and where its summary is. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { generateAllureReport, hasAllureResults } from '../src/report/allure/allure.ts';
import { allureExtras, reportName } from '../src/report/allure/allure-extras.ts';
import { concludeLater } from '../src/report/conclude-later.ts';
import { renderVerdict } from '../src/report/console/console.ts';
import { widthFor } from '../src/report/console/text.ts';
import { countPictures } from '../src/report/allure/pictures.ts';
import { pagePath, readRunFile, readSummary } from '../src/report/results.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readSettings } from '../src/run/settings.ts';
import { wantsColour } from '../src/run/terminal.ts';

/** Five hundred tests take seven seconds on two cores. */
const LIMIT_MS = 180_000;

async function main(wanted: string | undefined): Promise<void> {
  const results = resolve(readSettings().RESULTS_DIR);
  const latest = await realpath(join(results, 'latest')).catch(() => undefined);
  const folder = wanted === undefined ? latest : await realpath(join(results, wanted)).catch(() => undefined);
  if (folder === undefined) {
    throw new ConfigurationError(
      wanted === undefined
        ? 'There are no results yet: run `npm start` first.'
        : `There is no run "${wanted}" in ${shown(results)}: name one of its folders, or none for the last run.`,
    );
  }
  // A run that was killed has none yet.
  const summary = (await readSummary(folder)) ?? (await concludeLater(folder)).written?.summary;
  if (summary) {
    console.log(
      `${renderVerdict(summary, { colour: wantsColour(process.stdout), width: widthFor(process.stdout) })}\n`,
    );
    console.log(`Report    ${shown(pagePath(folder))}`);
    console.log(`Summary   ${shown(join(folder, 'summary.json'))}`);
  } else console.log(`Results   ${shown(folder)} (that run ended before it began)`);

  if (folder !== latest) {
    console.log('Allure    keeps the raw results of the last run only, so there is no report of this one.');
    return;
  }
  const resultsFolder = resolve(readSettings().ALLURE_RESULTS_DIR);
  if (!(await hasAllureResults(resultsFolder)))
    throw new ConfigurationError('There are no Allure results of the last run: no test began in it. Run `npm start`.');
  const run = await readRunFile(folder);
  const extras =
    summary && run
      ? allureExtras({
          summary,
          run,
          page: await readFile(pagePath(folder), 'utf8'),
          pictures: await countPictures(folder),
        })
      : {};
  for (const [name, text] of Object.entries(extras)) await writeFile(join(resultsFolder, name), text);
  const reported = join(folder, 'allure-reported');
  const page = await generateAllureReport({
    name: summary ? reportName(summary) : 'Muster',
    resultsFolder,
    outputFolder: resolve('allure-report'),
    limitMs: LIMIT_MS,
    history: { file: resolve(readSettings().ALLURE_HISTORY), keep: !existsSync(reported) },
  });
  await writeFile(reported, '');
  console.log(`Allure    ${shown(page)}`);
  show(page);
}

function shown(path: string): string {
  return relative(process.cwd(), path) || '.';
}

/** Opens a file where somebody can see it: never in CI, and on Linux only beside a display. The report does not wait for it. */
function show(page: string): void {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || !process.stdout.isTTY) return;
  const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
    linux: DISPLAY || WAYLAND_DISPLAY ? ['xdg-open'] : [],
  };
  const [command, ...args] = openers[process.platform] ?? [];
  if (command === undefined) return;
  const opener = spawn(command, [...args, page], { stdio: 'ignore', detached: true });
  // Without an opener the path above is what one has.
  opener.on('error', () => undefined);
  opener.unref();
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
}
