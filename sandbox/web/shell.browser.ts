import { accountOf, expect, launchProject, signIn, test } from '../testing.ts';

test('sidebar, header and breadcrumb have their names, and content lies in a main within the main', async ({
  openAs,
}) => {
  const page = await openAs('member');
  for (const name of ['Ct Crosstab AI', 'Dashboard', 'New Project', 'Settings']) {
    await expect(page.getByRole('button', { name, exact: true }).first()).toBeVisible();
  }
  await expect(page.getByRole('button', { name: 'Toggle Sidebar' })).toHaveCount(2);
  await expect(page.locator('main main').getByRole('heading', { level: 1 })).toHaveText('Projects');
  const crumb = page.getByRole('navigation', { name: 'breadcrumb' }).getByRole('link', { name: 'Dashboard' });
  await expect(crumb).toBeDisabled();
  await expect(page.locator('[data-testid]')).toHaveCount(0);
});

test('the only alert is the announcer of routes', async ({ openAs }) => {
  const page = await openAs('member');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveText('Settings');
});

test('the user menu is named by initials, leads to settings and signs out', async ({ browser, sandbox }) => {
  // A session of its own: signing out must not end the one that other tests share.
  const account = accountOf(sandbox, 'member');
  const context = await browser.newContext({ baseURL: sandbox.url });
  const page = await context.newPage();
  await signIn(page, sandbox.url, account);
  const initials = account.name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();
  await page.getByRole('button', { name: initials, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.getByRole('button', { name: initials, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Log In' })).toBeVisible();
  await page.goto('/dashboard');
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeVisible();
  await context.close();
});

test('a tab leads to the sign-in once the session is over and its socket closed', async ({ browser, sandbox }) => {
  const context = await browser.newContext({ baseURL: sandbox.url });
  const [tab, other] = [await context.newPage(), await context.newPage()];
  await signIn(tab, sandbox.url, accountOf(sandbox, 'member'));
  await other.goto('/auth/sign-out');
  await expect(tab.getByRole('textbox', { name: 'Email' })).toBeVisible({ timeout: 30_000 });
  await context.close();
});

test('the breadcrumb loads the page anew and replaces the socket; the sidebar keeps it', async ({ openAs }) => {
  const page = await openAs('member');
  const list = page
    .locator('main main')
    .getByRole('tab')
    .or(page.getByText('No projects yet. Upload', { exact: false }))
    .first();
  await expect(list).toBeVisible();
  let sockets = 0;
  page.on('websocket', () => (sockets += 1));
  await page.getByRole('button', { name: 'New Project', exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'New Project' })).toBeVisible();
  expect(sockets).toBe(0);
  await page.getByRole('navigation', { name: 'breadcrumb' }).getByRole('link', { name: 'Dashboard' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  await expect.poll(() => sockets).toBe(1);
});

test('the chosen colour scheme outlives a reload', async ({ openAs }) => {
  const page = await openAs('member', { colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Switch to dark mode' }).click();
  expect(await background()).not.toBe(light);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Switch to light mode' })).toBeVisible();
  expect(await background()).not.toBe(light);
});

test('in a narrow window the sidebar is a sheet', async ({ openAs }) => {
  const page = await openAs('member', { viewport: { width: 600, height: 800 } });
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Toggle Sidebar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('recent projects stand in the sidebar by their whole name and open what they need', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('member');
  await launchProject(page, bundle, projectName, { review: true });
  const recent = page.getByRole('button', { name: projectName, exact: true });
  await expect(recent).toBeVisible();
  await expect(page.locator('main main [data-slot=card]').filter({ hasText: projectName })).toContainText(
    'Review Required',
  );
  await recent.click();
  await expect(page).toHaveURL(/\/projects\/[a-z0-9]{32}\/review$/);
});
