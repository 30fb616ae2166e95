import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../testing.ts';
import type { TestBundle } from '../testing-bundle.ts';

const validation = '**/api/validate-data';

async function openWizard(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'New Project', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'New Project' })).toBeVisible();
  return page.locator('main main');
}

function fileInput(content: Locator, title: string): Locator {
  return content.getByRole('button', { name: `${title} upload dropzone` }).locator('input[type=file]');
}

async function toUpload(content: Locator, name: string): Promise<void> {
  await content.getByRole('textbox', { name: 'Project Name' }).fill(name);
  await content.getByRole('button', { name: 'Next' }).click();
}

async function handOver(content: Locator, bundle: TestBundle): Promise<void> {
  await fileInput(content, 'Data File').setInputFiles(bundle.data);
  await fileInput(content, 'Survey Document').setInputFiles(bundle.survey);
  await fileInput(content, 'Banner Plan').setInputFiles(bundle.clearBanner);
}

async function upload(content: Locator, bundle: TestBundle): Promise<void> {
  await handOver(content, bundle);
  await expect(content.getByText('Data file validated')).toBeVisible();
}

test('the first step: names, choices, and a required name', async ({ openAs }) => {
  const page = await openAs('member');
  const content = await openWizard(page);
  const steps = content.getByRole('navigation', { name: 'Wizard steps' });
  for (const step of ['Project Setup', 'Upload & Validate', 'Configure', 'Review & Launch'])
    await expect(steps.getByText(step)).toBeVisible();
  await expect(content.getByPlaceholder('e.g. Q4 Brand Tracker')).toBeVisible();
  await expect(content.getByRole('textbox', { name: 'Research Objectives (optional)' })).toBeVisible();
  await expect(content.getByRole('radio', { name: /Standard/ })).toBeChecked();
  await expect(content.getByRole('radio', { name: /MaxDiff/ })).toBeDisabled();
  await expect(content.getByText('Coming Soon')).toBeVisible();
  await expect(content.getByRole('button', { name: 'Back' })).toHaveCount(0);

  await content.getByRole('button', { name: 'Next' }).click();
  await expect(content.getByText('Project name is required')).toBeVisible();

  await content.getByText('Segmentation', { exact: true }).click();
  await expect(content.getByRole('switch', { name: 'My data includes segment assignments' })).toBeVisible();
  await expect(content.getByRole('textbox', { name: 'Banner Notes (optional)' })).toBeVisible();
  await content.getByText('Auto-generate for me').click();
  await expect(content.getByRole('textbox', { name: 'Banner Hints (optional)' })).toBeVisible();
});

test('a radio lies under its card: checking it is intercepted, clicking its label works', async ({ openAs }) => {
  const page = await openAs('member');
  const content = await openWizard(page);
  const radio = content.getByRole('radio', { name: /Auto-generate/ });
  await expect(radio.check({ timeout: 1500 })).rejects.toThrow(/intercepts pointer events/);
  await content.getByText('Auto-generate for me').click();
  await expect(radio).toBeChecked();
});

test('a file of the wrong type is refused with a toast', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const content = await openWizard(page);
  await toUpload(content, projectName);
  await fileInput(content, 'Data File').setInputFiles(bundle.survey);
  const toast = page
    .getByRole('region', { name: 'Notifications alt+T' })
    .locator('li[data-sonner-toast][data-type=error]');
  await expect(toast.locator('[data-title]')).toHaveText('Invalid file type for Data File');
  await expect(toast.locator('[data-description]')).toHaveText('Accepted formats: .sav, .spss');
  await expect(content.getByText('Click to upload or drag and drop')).toHaveCount(3);
});

test("validation says what it is doing, then what it found; a new file aborts the old one's", async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  await page.route(validation, async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    await held;
    await route
      .fulfill({ json: { error: 'This answer belongs to a file that was replaced' }, status: 500 })
      .catch(() => undefined);
  });
  const content = await openWizard(page);
  await toUpload(content, projectName);
  const aborted = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/validate-data'));
  await fileInput(content, 'Data File').setInputFiles(bundle.broken);
  await expect(content.getByText('Reading data file structure...')).toBeVisible();
  await expect(content.locator('[aria-busy=true]')).toBeVisible();
  await expect(content.getByText('Validating variable formats...')).toBeVisible();
  await fileInput(content, 'Data File').setInputFiles(bundle.data);
  await aborted;
  await expect(content.getByText('Data file validated')).toBeVisible();
  release();
  await expect(content.getByText(`${bundle.respondents.toLocaleString('en-US')} respondents`)).toBeVisible();
  await expect(content.getByText(`${bundle.variables} variables`)).toBeVisible();
  await expect(content.getByText('Validation Error')).toHaveCount(0);
});

test('a file that cannot be used keeps the way on shut, and so does a refusal', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  const content = await openWizard(page);
  await toUpload(content, projectName);
  await fileInput(content, 'Survey Document').setInputFiles(bundle.survey);
  await fileInput(content, 'Banner Plan').setInputFiles(bundle.clearBanner);
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/validate-data'));
  await fileInput(content, 'Data File').setInputFiles(bundle.broken);
  expect((await (await answered).json()) as object).toMatchObject({ canProceed: false });
  await expect(content.locator('[aria-busy=false]')).toBeVisible();
  await expect(content.getByText('Data file validated')).toHaveCount(0);
  await expect(content.getByRole('button', { name: 'Next' })).toBeDisabled();

  await page.route(validation, (route) =>
    route.fulfill({ status: 429, json: { error: 'Too many requests. Please try again later.' } }),
  );
  await fileInput(content, 'Data File').setInputFiles(bundle.data);
  await expect(content.getByText('Validation Error')).toBeVisible();
  await expect(content.getByText('Too many requests. Please try again later.')).toBeVisible();
  await expect(content.getByRole('button', { name: 'Next' })).toBeDisabled();
});

test('loops and stacked data are told', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const found = {
    rowCount: 1500,
    columnCount: 90,
    weightCandidates: [],
    stackedWarning: 'Every respondent has three rows.',
    errors: [],
  };
  await page.route(validation, (route) =>
    route.fulfill({
      json: { ...found, isStacked: true, canProceed: false, loopSummary: { hasLoops: true, loopCount: 2 } },
    }),
  );
  const content = await openWizard(page);
  await toUpload(content, projectName);
  await handOver(content, bundle);
  await expect(content.getByText('Stacked data detected')).toBeVisible();
  await expect(content.getByText('Every respondent has three rows.')).toBeVisible();
  await expect(content.getByText('Looped data detected')).toBeVisible();
  await expect(content.getByRole('button', { name: 'Next' })).toBeDisabled();
});

test('the best weight is taken unless denied; the question is asked again on return', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  const content = await openWizard(page);
  await toUpload(content, projectName);
  await upload(content, bundle);
  await expect(content.getByText('Weight variable detected')).toBeVisible();
  await content.getByRole('button', { name: 'Next' }).click();
  const weight = content.getByRole('combobox', { name: 'Weight Variable' });
  await expect(weight).toContainText(bundle.weight);
  await content.getByRole('button', { name: 'Back' }).click();
  await content.getByRole('button', { name: 'No, run unweighted' }).click();
  await expect(content.getByRole('button', { name: 'Yes, use this weight' })).toHaveCount(0);
  await content.getByRole('button', { name: 'Next' }).click();
  await expect(weight).toHaveText('None (unweighted)');
  await content.getByRole('button', { name: 'Back' }).click();
  await expect(content.getByRole('button', { name: 'Yes, use this weight' })).toBeVisible();
  await content.getByRole('button', { name: 'Next' }).click();
  await expect(weight).toHaveText('None (unweighted)');
});

test('configuration: limits are told, and all survives Back', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const content = await openWizard(page);
  await toUpload(content, projectName);
  await upload(content, bundle);
  await content.getByRole('button', { name: 'Next' }).click();
  const threshold = content.getByRole('spinbutton', { name: 'Significance Threshold' });
  await expect(threshold).toHaveValue('90');
  await threshold.fill('30');
  await content.getByRole('spinbutton', { name: 'Minimum Base Size' }).fill('-2');
  await content.getByRole('button', { name: 'Next' }).click();
  await expect(content.getByText('Number must be greater than or equal to 50')).toBeVisible();
  await expect(content.getByText('Number must be greater than or equal to 0')).toBeVisible();
  await threshold.fill('120');
  await expect(content.getByText('Number must be less than or equal to 99')).toBeVisible();
  await threshold.fill('95');
  await content.getByRole('spinbutton', { name: 'Minimum Base Size' }).fill('30');
  await content.getByText('Both', { exact: true }).click();
  await content.getByRole('switch', { name: 'Separate workbooks' }).click();
  await content.getByRole('radiogroup', { name: 'Color theme' }).getByRole('radio', { name: 'Tropical' }).check();
  await content.getByRole('combobox', { name: 'Weight Variable' }).click();
  await page.getByRole('option', { name: 'None (unweighted)' }).click();

  for (const _ of [3, 2]) await content.getByRole('button', { name: 'Back' }).click();
  await expect(content.getByRole('textbox', { name: 'Project Name' })).toHaveValue(projectName);
  await content.getByRole('button', { name: 'Next' }).click();
  await expect(content.getByText('tracker.sav')).toBeVisible();
  await content.getByRole('button', { name: 'Next' }).click();
  await expect(threshold).toHaveValue('95');
  await expect(content.getByRole('radio', { name: 'Tropical' })).toBeChecked();
  await expect(content.getByRole('switch', { name: 'Separate workbooks' })).toBeChecked();
});

test('launch: toast and soft navigation; a name taken is told and the form stays', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  const launchOnce = async () => {
    const content = await openWizard(page);
    await toUpload(content, projectName);
    await upload(content, bundle);
    await content.getByRole('button', { name: 'Next' }).click();
    await content.getByRole('button', { name: 'Next' }).click();
    await expect(content.getByText(projectName)).toBeVisible();
    await content.getByRole('button', { name: 'Statistical Assumptions' }).click();
    await content.getByRole('button', { name: 'Launch Pipeline' }).click();
    return content;
  };
  let loads = 0;
  page.on('load', () => (loads += 1));
  await launchOnce();
  const toasts = page.locator('li[data-sonner-toast]');
  await expect(toasts.filter({ hasText: 'Pipeline started' }).locator('[data-description]')).toHaveText(
    'Tracking progress on the project page.',
  );
  await expect(page).toHaveURL(/\/projects\/[a-z0-9]{32}$/);
  await expect(page.getByRole('heading', { level: 1, name: projectName })).toBeVisible();

  const content = await launchOnce();
  const refused = toasts.filter({ hasText: 'Launch failed' });
  await expect(refused.locator('[data-description]')).toHaveText(
    `A project named "${projectName}" already exists. Please choose a different name.`,
  );
  await expect(content.getByRole('button', { name: 'Launch Pipeline' })).toBeEnabled();
  expect(loads).toBe(0);
});

test('a session that has ended leads to sign-in and back', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const content = await openWizard(page);
  await toUpload(content, projectName);
  await page.context().clearCookies();
  await fileInput(content, 'Data File').setInputFiles(bundle.data);
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeVisible();
});
