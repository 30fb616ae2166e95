import { expect, signIn, test } from '../testing.ts';

const password = 'a password of my own';

test('an admin invites, the link makes an account in one tab of two, and signs in', async ({
  openAs,
  sandbox,
  browser,
}) => {
  const email = 'nova.quill@meridian.test';
  const page = await openAs('admin', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto('/settings');
  const card = page.locator('main main [data-slot=card]').filter({ hasText: 'Send invitation' });
  await expect(card.getByText('Invitations', { exact: true })).toBeVisible();
  await expect(card.getByText('No pending invitations.')).toBeVisible();

  await card.getByRole('textbox', { name: 'Email' }).fill('nova.quill');
  await card.getByRole('button', { name: 'Send invitation' }).click();
  await expect(card.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription('Invalid email or role');
  await card.getByRole('textbox', { name: 'Email' }).fill(email);
  await card.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Partner' }).click();
  await card.getByRole('button', { name: 'Send invitation' }).click();
  const row = card.getByRole('listitem').filter({ hasText: email });
  await expect(row.getByText('Partner', { exact: true })).toBeVisible();
  await row.getByRole('button', { name: `Copy link for ${email}` }).click();
  await expect(row.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.startsWith(`${sandbox.loginUrl}/invitations/`)).toBe(true);

  const context = await browser.newContext();
  const [one, two] = [await context.newPage(), await context.newPage()];
  for (const tab of [one, two]) {
    await tab.goto(link);
    await expect(tab.getByRole('heading', { level: 1, name: 'Join Meridian Research' })).toBeVisible();
    await tab.getByRole('textbox', { name: 'Name' }).fill('Nova Quill');
    await tab.getByRole('textbox', { name: 'Password' }).fill('short');
  }
  await one.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(one.getByText('The password must have at least 8 characters')).toBeVisible();
  await expect(one.getByRole('textbox', { name: 'Name' })).toHaveValue('Nova Quill');
  for (const tab of [one, two]) await tab.getByRole('textbox', { name: 'Password' }).fill(password);
  await Promise.all([one, two].map((tab) => tab.getByRole('button', { name: 'Accept invitation' }).click()));
  const isIn = (tab: typeof one) => tab.getByRole('heading', { level: 1, name: 'Projects' });
  const isTold = (tab: typeof one) =>
    tab.getByRole('heading', { level: 1, name: 'This invitation has already been used' });
  await Promise.all([one, two].map((tab) => expect(isIn(tab).or(isTold(tab))).toBeVisible()));
  const told = (await isTold(one).isVisible()) ? one : two;
  await expect(isIn(told === one ? two : one)).toBeVisible();
  // The session is the browser's: whoever was told goes on as the one who got in.
  await told.getByRole('link', { name: 'Sign in' }).click();
  await expect(isIn(told)).toBeVisible();
  await context.close();

  await expect(card.getByText('No pending invitations.')).toBeVisible();
  await expect(page.locator('main main').getByText(email)).toHaveCount(1);
  const fresh = await browser.newPage();
  await signIn(fresh, sandbox.url, {
    email,
    password,
    name: 'Nova Quill',
    organization: 'Meridian Research',
    role: 'external_partner',
  });
  await fresh.close();
});

test('what is revoked leads nowhere, and only admins see invitations', async ({ openAs, browser }) => {
  const page = await openAs('admin');
  await page.goto('/settings');
  const card = page.locator('main main [data-slot=card]').filter({ hasText: 'Send invitation' });
  await card.getByRole('textbox', { name: 'Email' }).fill('oscar@meridian.test');
  await card.getByRole('button', { name: 'Send invitation' }).click();
  const row = card.getByRole('listitem').filter({ hasText: 'oscar@meridian.test' });
  const link = await row.getByText(/\/invitations\//).innerText();
  await card.getByRole('textbox', { name: 'Email' }).fill('oscar@meridian.test');
  await card.getByRole('button', { name: 'Send invitation' }).click();
  await expect(card.getByText('oscar@meridian.test is invited already.', { exact: false })).toBeVisible();
  await row.getByRole('button', { name: 'Revoke the invitation of oscar@meridian.test' }).click();
  await expect(row).toHaveCount(0);
  const guest = await browser.newPage();
  await guest.goto(link);
  await expect(guest.getByRole('heading', { level: 1, name: 'This invitation was withdrawn' })).toBeVisible();
  await guest.close();

  const member = await openAs('member');
  await member.goto('/settings');
  await expect(member.getByText('Members', { exact: true })).toBeVisible();
  await expect(member.getByText('Invitations', { exact: true })).toHaveCount(0);
});
