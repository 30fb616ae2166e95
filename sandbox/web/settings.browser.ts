import { expect, test } from '../testing.ts';

test('an admin sees everything and removes a member by typing the address', async ({ openAs, sandbox }) => {
  const page = await openAs('admin');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const content = page.locator('main main');
  for (const title of ['Organization', 'Your Profile', 'Notifications', 'Members'])
    await expect(content.getByText(title, { exact: true })).toBeVisible();
  // The last member: other tests sign in as the first.
  const leaving = sandbox.accounts
    .filter((each) => each.role === 'member' && each.organization === sandbox.accounts[0]?.organization)
    .at(-1);
  if (!leaving) throw new Error('The sandbox has no member to remove.');
  await content.getByRole('button', { name: `Remove ${leaving.name}`, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove member' });
  await expect(dialog.getByRole('button', { name: 'Remove Member' })).toBeDisabled();
  await dialog.getByRole('textbox').fill(leaving.email);
  await dialog.getByRole('button', { name: 'Remove Member' }).click();
  await expect(page.getByText(`${leaving.name} has been removed`)).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(content.getByText(leaving.email)).toHaveCount(0);
});

test('the notification switch has no name and is remembered', async ({ openAs }) => {
  const page = await openAs('member');
  await page.goto('/settings');
  const toggle = page.getByRole('switch');
  await expect(toggle).toHaveCount(1);
  await expect(toggle).toBeEnabled();
  const before = await toggle.isChecked();
  const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await toggle.click();
  await saved;
  await page.reload();
  await expect(toggle).toBeEnabled();
  expect(await toggle.isChecked()).toBe(!before);
});

test('a member cannot remove anybody; a partner sees no settings', async ({ openAs }) => {
  const member = await openAs('member');
  await member.goto('/settings');
  await expect(member.getByText('Members', { exact: true })).toBeVisible();
  await expect(member.getByText('(you)')).toBeVisible();
  await expect(member.getByRole('button', { name: /^Remove / })).toHaveCount(0);
  const partner = await openAs('external_partner');
  await partner.goto('/settings');
  await expect(partner.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(partner.getByText("You don't have permission to view settings.", { exact: false })).toBeVisible();
  await expect(partner.getByText('Members', { exact: true })).toHaveCount(0);
});
