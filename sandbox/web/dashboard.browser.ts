import type { Page } from '@playwright/test';
import { expect, launchProject, test } from '../testing.ts';

function card(page: Page, name: string) {
  return page.locator('main main [data-slot=card]').filter({ has: page.getByText(name, { exact: true }) });
}

test("a card appears and changes on a colleague's dashboard without a reload", async ({
  openAs,
  bundle,
  projectName,
}) => {
  const author = await openAs('member');
  const colleague = await openAs('admin');
  let loads = 0;
  colleague.on('load', () => (loads += 1));
  await expect(colleague.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  const before = loads;
  await launchProject(author, bundle, projectName);
  const seen = card(colleague, projectName);
  await expect(seen).toContainText('Processing');
  await expect(seen).toContainText(/\d+ tables/);
  await expect(seen).toContainText(/\d+ cuts/);
  await expect(seen).not.toContainText('Processing');
  expect(loads).toBe(before);
});

test('a card is a plain clickable div that leads to the project', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const { projectId } = await launchProject(page, bundle, projectName);
  const mine = card(page, projectName);
  await expect(mine).toBeVisible();
  expect(
    await mine.evaluate((element) => [element.tagName, element.getAttribute('role'), element.getAttribute('tabindex')]),
  ).toEqual(['DIV', null, null]);
  await expect(mine.getByRole('link')).toHaveCount(0);
  await page.locator('main main').getByText(projectName, { exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/projects/${projectId}$`));
});

test('a card that waits for a review says so and opens it', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const { projectId } = await launchProject(page, bundle, projectName, { review: true });
  await expect(card(page, projectName)).toContainText('Review Required');
  await page.locator('main main').getByText(projectName, { exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/projects/${projectId}/review$`));
});

test('tabs count, search narrows, and both say when nothing matches', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const { runId } = await launchProject(page, bundle, projectName, { review: true });
  await page.request.post(`/api/runs/${runId}/cancel`);
  await expect(card(page, projectName)).toContainText('Cancelled');
  await expect(page.getByRole('tab', { name: /^Failed \d+$/ })).toBeVisible();
  await expect(page.getByRole('tab', { name: /^All \d+$/ })).toBeVisible();
  const search = page.getByRole('textbox', { name: 'Search projects...' });
  await search.fill(projectName.toUpperCase());
  await expect(page.locator('main main [data-slot=card]')).toHaveCount(1);
  await page.getByRole('tab', { name: /^Failed/ }).click();
  await expect(card(page, projectName)).toBeVisible();
  await page.getByRole('tab', { name: /^Active/ }).click();
  await expect(page.getByText(`No projects matching "${projectName.toUpperCase()}"`)).toBeVisible();
  await search.fill('no such thing');
  await expect(page.getByText('No projects matching "no such thing"')).toBeVisible();
});

test('an organisation without projects is told what to do; a partner is offered nothing', async ({
  openAs,
  sandbox,
}) => {
  // Only the first organisation gets projects in these tests.
  const other = (role: string) =>
    sandbox.accounts.find((each) => each.role === role && each.organization !== sandbox.accounts[0]?.organization);
  const [member, partner] = [other('member'), other('external_partner')];
  if (!member || !partner) throw new Error('The sandbox has no second organisation.');
  const page = await openAs(member);
  await expect(page.getByText('No projects yet. Upload your first dataset to get started.')).toBeVisible();
  await expect(page.locator('main main').getByRole('button', { name: 'New Project' })).toHaveCount(2);
  const partnerPage = await openAs(partner);
  await expect(partnerPage.getByText('No projects yet. Upload your first dataset to get started.')).toBeVisible();
  await expect(partnerPage.locator('main main').getByRole('button', { name: 'New Project' })).toHaveCount(0);
});

test('a change touches only the card that it concerns', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  await launchProject(page, bundle, `${projectName} still`, { review: true });
  const still = card(page, `${projectName} still`);
  await expect(still).toContainText('Review Required');
  await still.evaluate((element) => {
    const changes = { count: 0 };
    Object.assign(window, { changes });
    new MutationObserver(() => (changes.count += 1)).observe(element, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
  await launchProject(page, bundle, `${projectName} moving`);
  await expect(card(page, `${projectName} moving`)).toContainText(/\d+ tables/);
  expect(await page.evaluate(() => (window as unknown as { changes: { count: number } }).changes.count)).toBe(0);
});

test("the name is the card's first span and no card title, whatever the status", async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  await launchProject(page, bundle, projectName);
  const mine = card(page, projectName);
  await expect(mine).toContainText('Processing');
  await expect(mine.locator('span').first()).toHaveText(projectName);
  await expect(mine.locator('[data-slot=card-title]')).toHaveCount(0);
  await expect(mine).toContainText(/\d+ tables/);
  await expect(mine.locator('span').first()).toHaveText(projectName);
});
