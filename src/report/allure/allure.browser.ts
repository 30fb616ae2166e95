/** The Allure report as somebody sees it who is not connected to anything: what it asks for, and whether the figures are there. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { generateAllureReport } from './allure.ts';

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-allure-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

/** A report of one failed test and one figure, the second of its kind. */
async function reportOfTwoRuns(): Promise<string> {
  const resultsFolder = path.join(folder, 'raw');
  await mkdir(resultsFolder);
  const history = { file: path.join(folder, 'history.jsonl'), keep: true };
  let page = '';
  for (const [uuid, value] of [
    ['one', 200],
    ['two', 240],
  ] as const) {
    const result = {
      uuid,
      name: 'analyst-01 · coffee',
      fullName: 'main#analyst-01',
      status: 'failed',
      statusDetails: { message: 'Error: refused with 429 for too long' },
      stage: 'finished',
      start: 1000,
      stop: 61_000,
      labels: [{ name: 'suite', value: 'analyst-01' }],
      steps: [{ name: 'launch', status: 'failed', stage: 'finished', start: 2000, stop: 32_000, steps: [] }],
    };
    const title = 'LCP, page load, p75';
    const key = 'C web.lcp.p75 kind';
    const figure = {
      id: key,
      key,
      title,
      value,
      unit: 'ms',
      group: 'Vitals',
      better: 'lower',
      start: 1000,
      stop: 2000,
    };
    await writeFile(path.join(resultsFolder, 'one-result.json'), JSON.stringify(result));
    await writeFile(path.join(resultsFolder, 'run-perf.json'), JSON.stringify([figure]));
    page = await generateAllureReport({
      name: `Muster ${uuid}`,
      resultsFolder,
      outputFolder: path.join(folder, 'report'),
      limitMs: 120_000,
      history,
    });
  }
  return pathToFileURL(page).href;
}

test('shows suites, kinds of failures and a figure with its history, and asks for nothing', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const asked: string[] = [];
  await context.route(/^(https?|wss?):/, (route) => route.abort());
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url());
  });
  const url = await reportOfTwoRuns();
  await page.goto(url);
  await expect(page.getByText('Muster two')).toBeVisible();
  await expect(page.getByText('analyst-01', { exact: true })).toBeVisible();
  await page.getByText('Categories', { exact: true }).first().click();
  await expect(page.getByText('Rate limit', { exact: true })).toBeVisible();

  await page.goto(`${url}#metrics`);
  const figures = page.getByTestId('metrics-view').getByRole('table').first();
  await expect(figures.getByRole('columnheader').filter({ visible: true })).toHaveCount(4);
  await expect(figures.getByText('+40 ms')).toBeVisible();
  await figures.getByText('LCP, page load, p75').click();
  await expect(page.getByRole('cell', { name: 'Muster one' })).toBeVisible();
  expect(asked).toEqual([]);
});
