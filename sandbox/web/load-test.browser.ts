/** The load-test page, on sandboxes of its own: one with datasets, and one whose limits are production's. */
import type { Locator, Page } from '@playwright/test';
import { startSandbox } from '../start.ts';
import { putDatasets, type DatasetFiles } from '../testing-datasets.ts';
import { expect, signIn, test as base } from '../testing.ts';

const test = base.extend<object, { datasets: Record<string, DatasetFiles> }>({
  datasets: [
    async ({ bundle, sandbox }, use) => {
      const clear: DatasetFiles = { sav: bundle.data, survey: bundle.survey, banner: bundle.clearBanner };
      const datasets: Record<string, DatasetFiles> = {
        alpha: clear,
        beta: { ...clear, banner: bundle.doubtfulBanner },
        gamma: { sav: bundle.data, survey: bundle.survey },
        unready: { sav: bundle.data },
      };
      await putDatasets(sandbox, datasets);
      await use(datasets);
    },
    { scope: 'worker' },
  ],
});

const content = (page: Page): Locator => page.locator('main main');

async function openPage(page: Page, prefix: string): Promise<Locator> {
  await page.goto('/dev/load-test');
  const main = content(page);
  await expect(main.getByText('of 3 datasets selected')).toBeVisible();
  await main.getByRole('textbox', { name: 'Name Prefix' }).fill(prefix);
  return main;
}

/** The product takes fewer characters for a prefix than for a name. */
const prefixOf = (projectName: string): string => projectName.replaceAll(/[^A-Za-z0-9 ]/g, '').slice(0, 90);

test('an admin selects, launches, watches and cleans up', async ({ openAs, datasets, projectName }) => {
  const prefix = prefixOf(projectName);
  const page = await openAs('admin');
  await page.goto('/dev/load-test');
  const main = content(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Load Test' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'breadcrumb' })).toHaveText(/Dev\s*Load Test/);
  const today = new Date();
  await expect(main.getByRole('textbox', { name: 'Name Prefix' })).toHaveValue(
    `Load Test ${today.getMonth() + 1}/${today.getDate()}`,
  );
  await expect(main.getByText(/^0 of 3 datasets selected · Manifest from \d/)).toBeVisible();
  await expect(main.getByRole('button', { name: 'Launch 0 Pipelines' })).toBeDisabled();
  await expect(main.getByRole('button', { name: /^unready 0\.\d MB$/ })).toBeDisabled();
  expect(Object.keys(datasets)).toHaveLength(4);

  // A row tells with nothing but its looks that it is selected.
  const alpha = main.getByRole('button', { name: /^alpha banner 0\.\d MB$/ });
  await alpha.click();
  await expect(alpha).not.toHaveAttribute('aria-pressed');
  await expect(main.getByRole('button', { name: 'Launch 1 Pipeline', exact: true })).toBeEnabled();
  await main.getByRole('button', { name: 'Select All' }).click();
  await expect(main.getByText('3 of 3 datasets selected')).toBeVisible();
  await main.getByRole('button', { name: 'Select None' }).click();
  await expect(main.getByText('0 of 3 datasets selected')).toBeVisible();
  await main.getByRole('button', { name: 'Select All' }).click();

  const box = main.getByRole('combobox');
  await expect(box).toHaveText('3 (light)');
  await box.click();
  await expect(page.getByRole('option')).toHaveText([
    '1 (sequential)',
    '3 (light)',
    '5 (moderate)',
    '10 (heavy)',
    '15 (stress)',
  ]);
  await page.getByRole('option', { name: '15 (stress)' }).click();
  await main.getByRole('textbox', { name: 'Name Prefix' }).fill(prefix);
  await expect(main.getByRole('button', { name: /^Cleanup/ })).toHaveCount(0);
  const asked = page.waitForRequest('**/api/dev/load-test/launch');
  await main.getByRole('button', { name: 'Launch 3 Pipelines' }).click();
  expect((await asked).postDataJSON()).toEqual({
    datasets: ['alpha', 'beta', 'gamma'],
    concurrency: 15,
    namePrefix: prefix,
  });
  await expect(page.locator('[data-sonner-toast][data-type=success] [data-title]')).toHaveText(
    'Launched 3 pipeline(s)',
  );
  await expect(main.getByText('3 launched successfully')).toBeVisible();

  // beta waits for a person, which counts as finished.
  await expect(main.getByText('3 / 3 finished')).toBeVisible();
  await expect(main.getByText('3 total')).toBeVisible();
  for (const badge of ['1 review', '2 done', 'pending review'])
    await expect(main.locator('[data-slot=badge]').getByText(badge, { exact: true })).toBeVisible();

  await main.getByRole('button', { name: 'Cleanup (3)' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clean up load test projects' });
  await expect(dialog.getByRole('button', { name: 'Delete Projects' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Type the name prefix to confirm' }).fill(prefix);
  await dialog.getByRole('button', { name: 'Delete Projects' }).click();
  await expect(page.getByText('Deleted 3 project(s)')).toBeVisible();
  await expect(main.getByText('Monitoring', { exact: true })).toHaveCount(0);
  await expect(main.getByText('3 launched successfully')).toHaveCount(0);
});

test('names that are taken are told, and so is a prefix that the product does not take', async ({
  openAs,
  datasets,
  projectName,
}) => {
  const prefix = prefixOf(projectName);
  const page = await openAs('admin');
  const main = await openPage(page, prefix);
  expect(datasets).toHaveProperty('alpha');
  await main.getByRole('button', { name: /^alpha/ }).click();
  await main.getByRole('button', { name: 'Launch 1 Pipeline' }).click();
  await expect(main.getByText('1 launched successfully')).toBeVisible();
  await main.getByRole('button', { name: 'Launch 1 Pipeline' }).click();
  await expect(main.getByText('1 failed', { exact: true })).toBeVisible();
  await expect(main.getByRole('listitem').filter({ hasText: 'already exists' })).toHaveText(
    `alpha: A project named "${prefix} — alpha" already exists. Please choose a different name.`,
  );
  await expect(page.locator('[data-sonner-toast][data-type=error] [data-title]').last()).toHaveText(
    'No pipelines launched',
  );
  await main.getByRole('textbox', { name: 'Name Prefix' }).fill('not_a_prefix');
  await main.getByRole('button', { name: 'Launch 1 Pipeline' }).click();
  await expect(page.locator('[data-sonner-toast]').filter({ hasText: 'Launch failed' })).toContainText(
    'Invalid request',
  );
});

test('whoever is no admin is told so', async ({ openAs }) => {
  for (const role of ['member', 'external_partner'] as const) {
    const page = await openAs(role);
    await page.goto('/dev/load-test');
    await expect(
      content(page).getByText('Admin access required. Contact your organization admin.', { exact: true }),
    ).toBeVisible();
    await expect(content(page).getByRole('button')).toHaveCount(0);
  }
});

test('without datasets the page says what to do; what the rate limit refuses is counted', async ({
  browser,
  bundle,
}) => {
  const sandbox = await startSandbox({ pace: 0, limits: 'production', parent: 'none' });
  const context = await browser.newContext({ baseURL: sandbox.url });
  try {
    const page = await context.newPage();
    const admin = sandbox.accounts.find(({ role }) => role === 'admin');
    if (!admin) throw new Error('The sandbox has no admin.');
    await signIn(page, sandbox.url, admin);
    await page.goto('/dev/load-test');
    const main = content(page);
    await expect(
      main.getByText('Failed to fetch dataset manifest. Run the upload script first.', { exact: true }),
    ).toBeVisible();

    const clear: DatasetFiles = { sav: bundle.data, survey: bundle.survey, banner: bundle.clearBanner };
    await putDatasets(sandbox, Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, clear])));
    await page.reload();
    await main.getByRole('button', { name: 'Select All' }).click();
    await main.getByRole('button', { name: 'Launch 7 Pipelines' }).click();
    await expect(main.getByText('5 launched successfully')).toBeVisible();
    await expect(main.getByText('2 failed', { exact: true })).toBeVisible();
    await expect(main.getByText('2 rate-limited (429)')).toBeVisible();
    await expect(main.getByText('5 / 5 finished')).toBeVisible();
  } finally {
    await context.close();
    await sandbox.stop();
  }
});
