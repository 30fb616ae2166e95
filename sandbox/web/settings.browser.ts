import { expect, launchProject, test } from '../testing.ts';

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

test('an admin brings a deleted project back, and live lists show it again at once', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const admin = await openAs('admin');
  const colleague = await openAs('member');
  const { projectId, runId } = await launchProject(admin, bundle, projectName);
  const card = colleague.locator('main main').getByText(projectName, { exact: true });
  await expect(card).toBeVisible();
  await admin.request.post(`/api/runs/${runId}/cancel`);
  await admin.goto(`/projects/${projectId}`);
  await admin.getByRole('button', { name: 'Delete Project' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByRole('textbox').fill(projectName);
  await dialog.getByRole('button', { name: 'Delete Project' }).click();
  await expect(card).toHaveCount(0);

  await admin.getByRole('button', { name: 'Settings', exact: true }).click();
  const deleted = admin.locator('[data-slot=card]').filter({ hasText: 'Deleted Projects' });
  const row = deleted.locator('.member').filter({ hasText: projectName });
  await expect(row).toContainText(/Deleted (just now|\d+ minutes? ago) by \w/);
  await row.getByRole('button', { name: `Restore ${projectName}`, exact: true }).click();
  await expect(admin.locator('[data-sonner-toast]').filter({ hasText: 'Project restored' })).toContainText(projectName);
  await expect(card).toBeVisible();
  await expect(row).toHaveCount(0);

  // Somebody has the name by now.
  await admin.request.delete(`/api/projects/${projectId}`);
  await expect(row).toBeVisible();
  await launchProject(colleague, bundle, projectName);
  await row.getByRole('button', { name: 'Restore' }).click();
  await expect(admin.locator('[data-sonner-toast][data-type=error]')).toContainText(
    `A project named "${projectName}" already exists. Please choose a different name.`,
  );

  await colleague.goto('/settings');
  await expect(colleague.getByText('Members', { exact: true })).toBeVisible();
  await expect(colleague.getByText('Deleted Projects', { exact: true })).toHaveCount(0);
});
