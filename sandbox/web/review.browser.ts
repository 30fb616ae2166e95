import type { Page } from '@playwright/test';
import { expect, launchProject, test } from '../testing.ts';
import type { TestBundle } from '../testing-bundle.ts';

async function openReview(page: Page, bundle: TestBundle, name: string): Promise<{ projectId: string; runId: string }> {
  const launched = await launchProject(page, bundle, name, { review: true });
  await expect(page.locator('main main [data-slot=card]').filter({ hasText: name })).toContainText('Review Required');
  await page.locator('main main').getByText(name, { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Quick Review Needed' })).toBeVisible();
  return launched;
}

test('all four decisions, their variants, counts and payload; a partner may decide', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const member = await openAs('member');
  const { projectId } = await launchProject(member, bundle, projectName, { review: true });
  const page = await openAs('external_partner');
  const content = page.locator('main main');
  await expect(content.locator('[data-slot=card]').filter({ hasText: projectName })).toContainText('Review Required');
  await content.getByText(projectName, { exact: true }).click();

  await expect(content.getByText("The AI wasn't certain about 3 matches. Please confirm or correct.")).toBeVisible();
  await expect(content.getByText('Pending Review')).toBeVisible();
  await expect(content.getByRole('heading', { level: 3, name: 'Customers' })).toBeVisible();
  const card = (name: string) =>
    content
      .locator('[data-slot=card]')
      .filter({ has: page.locator('[data-slot=card-title]').getByText(name, { exact: true }) });
  const button = (name: string, action: string) => card(name).getByRole('button', { name: action, exact: true });
  const footer = content
    .locator('[data-slot=card]')
    .filter({ has: page.getByRole('button', { name: 'Save & Continue' }) });

  const satisfied = card('Satisfied');
  await expect(satisfied).toContainText('Banner says:');
  await expect(satisfied).toContainText('Satisfied with the service');
  await expect(satisfied).toContainText(/\d+% confident/);
  await expect(button('Satisfied', 'Accept')).toHaveAttribute('data-variant', 'default');
  await expect(button('Satisfied', 'Skip')).toHaveAttribute('data-variant', 'outline');
  await expect(footer).toContainText(/^3Cancel/);

  await button('Satisfied', 'Pick alternative').click();
  const first = page.getByRole('menuitem').first();
  const expression = (await first.locator('code').innerText()).trim();
  await first.click();
  await expect(satisfied).toContainText(expression);
  await expect(button('Satisfied', 'Pick alternative')).toHaveAttribute('data-variant', 'secondary');
  await expect(button('Satisfied', 'Accept')).toHaveAttribute('data-variant', 'outline');

  await expect(card('Lapsed')).toContainText('NA');
  await button('Lapsed', 'Skip').click();
  await expect(button('Lapsed', 'Skip')).toHaveAttribute('data-variant', 'secondary');
  await card('Lapsed')
    .getByRole('button', { name: /^\d+ AI Concerns?$/ })
    .click();
  await expect(card('Lapsed').getByRole('listitem').first()).toBeVisible();

  await button('Heavy users', 'Give hint').click();
  await card('Heavy users').getByPlaceholder('e.g., use variable Q5, not S2').fill('use variable Q1');
  await expect(button('Heavy users', 'Give hint')).toHaveAttribute('data-variant', 'secondary');
  await expect(footer).toContainText(/^0111Cancel/);

  const sent = page.waitForRequest((request) => request.url().endsWith('/review') && request.method() === 'POST');
  await page.getByRole('button', { name: 'Save & Continue' }).click();
  expect((await sent).postDataJSON()).toEqual({
    decisions: [
      { groupName: 'Customers', columnName: 'Heavy users', action: 'provide_hint', hint: 'use variable Q1' },
      { groupName: 'Customers', columnName: 'Satisfied', action: 'select_alternative', selectedAlternative: 0 },
      { groupName: 'Customers', columnName: 'Lapsed', action: 'skip' },
    ],
  });
  const toast = page.locator('li[data-sonner-toast]').filter({ hasText: 'Review saved' });
  await expect(toast.locator('[data-description]')).toHaveText('Pipeline is continuing with your decisions.');
  await expect(page).toHaveURL(new RegExp(`/projects/${projectId}$`));
  await expect(page.locator('[data-slot=badge]').getByText('Success', { exact: true })).toBeVisible();
});

test('while saving, the page says that it waits; a refusal is told in place and the form works again', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  await openReview(page, bundle, projectName);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/review', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await held;
    await route.fulfill({ status: 400, json: { error: 'Cannot submit review - status is approved' } });
  });
  await page.getByRole('button', { name: 'Save & Continue' }).click();
  await expect(page.getByRole('button', { name: /^(Waiting for tables|Processing)\.\.\.$/ })).toBeDisabled();
  release();
  await expect(page.locator('main main').getByText('Cannot submit review - status is approved')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save & Continue' })).toBeEnabled();
  await expect(page.getByRole('alert').getByText('Cannot submit')).toHaveCount(0);
});

test('Cancel cancels the run and leads to the dashboard', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  await openReview(page, bundle, projectName);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.locator('main main [data-slot=card]').filter({ hasText: projectName })).toContainText('Cancelled');
});

test('the form stays after the run was cancelled elsewhere', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const { runId } = await openReview(page, bundle, projectName);
  const other = await openAs('admin');
  await other.request.post(`/api/runs/${runId}/cancel`);
  await expect(page.getByRole('button', { name: projectName, exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Quick Review Needed' })).toBeVisible();
});

test('without a review there is nothing to do here, but an active run can be cancelled', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  const { projectId } = await launchProject(page, bundle, projectName);
  await page.goto(`/projects/${projectId}/review`);
  await expect(page.getByRole('heading', { level: 1, name: 'Review Not Available' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel Run' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goto(`/projects/${'q'.repeat(32)}/review`);
  await expect(page.getByRole('heading', { level: 1, name: 'Project Not Found' })).toBeVisible();
});
