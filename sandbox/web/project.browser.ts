import { expect, launchProject, test } from '../testing.ts';

test('a run is followed live to its workbook', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const { projectId } = await launchProject(page, bundle, projectName);
  await page.goto(`/projects/${projectId}`);
  const content = page.locator('main main');
  await expect(page.getByRole('heading', { level: 1, name: projectName })).toBeVisible();
  await expect(content.getByText(/^Created on [A-Z][a-z]+day, [A-Z][a-z]+ \d+, \d{4}$/)).toBeVisible();
  await expect(content.getByText('Pipeline Progress')).toBeVisible();
  await expect(content.locator('[data-slot=badge]').getByText(/^\d+%$/)).toBeVisible();
  await expect(content.getByText('Output files will appear here once processing completes.')).toBeVisible();
  await expect(content.getByText('Feedback becomes available once the pipeline completes.')).toBeVisible();
  await expect(content.getByRole('progressbar')).toHaveCount(0);
  await expect(content.locator('[data-slot=badge]').getByText('Success', { exact: true })).toBeVisible();
  await expect(content.getByText('Pipeline Progress')).toHaveCount(0);
  await expect(content.getByText(/^Duration: (\d+m )?\d+s$/)).toBeVisible();
  await expect(content.getByText('Summary Statistics')).toBeVisible();
  await expect(content.getByText('Crosstabs', { exact: true })).toBeVisible();
  await expect(content.getByText('Danger Zone')).toHaveCount(0);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    content.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^CrosstabAI - ${projectName} - \\d{4}-\\d{2}-\\d{2}\\.xlsx$`),
  );
});

test('separate workbooks have a download each', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const { projectId } = await launchProject(page, bundle, projectName, {
    config: { displayMode: 'both', separateWorkbooks: true },
  });
  await page.goto(`/projects/${projectId}`);
  await expect(page.locator('main main').getByRole('link', { name: 'Download' })).toHaveCount(2);
  await expect(page.getByText('Crosstabs (Counts)', { exact: true })).toBeVisible();
});

test('a member cancels; a partner cannot', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const partner = await openAs('external_partner');
  const { projectId } = await launchProject(page, bundle, projectName);
  await Promise.all([page.goto(`/projects/${projectId}`), partner.goto(`/projects/${projectId}`)]);
  await expect(partner.getByText('Pipeline Progress')).toBeVisible();
  await expect(partner.getByRole('button', { name: 'Cancel', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  for (const each of [page, partner]) {
    await expect(each.getByText('Pipeline Cancelled')).toBeVisible();
    await expect(each.getByText('No output files available.')).toBeVisible();
  }
  await expect(page.locator('li[data-sonner-toast]')).toHaveCount(0);
});

test('a refused cancellation is told', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('member');
  const { projectId } = await launchProject(page, bundle, projectName, { config: { theme: 'earth' } });
  await page.route('**/cancel', (route) => route.fulfill({ status: 500, json: { error: 'Failed to cancel run' } }));
  await page.goto(`/projects/${projectId}`);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.locator('li[data-sonner-toast][data-type=error] [data-title]')).toHaveText('Failed to cancel');
});

test("an error shows the server's own words", async ({ openAs, bundle, projectName, sandbox }) => {
  const page = await openAs('member');
  const { projectId, runId } = await launchProject(page, bundle, projectName, { review: true });
  await page.goto(`/projects/${projectId}`);
  await expect(page.getByRole('button', { name: 'Review Now' })).toBeVisible();
  sandbox.store.runs.transition(runId, ['pending_review'], { status: 'error', error: 'Banner extraction failed' });
  await expect(page.getByText('Pipeline Error')).toBeVisible();
  await expect(page.getByText('Banner extraction failed')).toBeVisible();
  await expect(page.locator('[data-slot=badge]').getByText('Error', { exact: true })).toBeVisible();
});

test('feedback: ratings, table ids as chips, and a form that stays open', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('external_partner');
  const member = await openAs('member');
  const { projectId } = await launchProject(member, bundle, projectName);
  await page.goto(`/projects/${projectId}`);
  await page.getByRole('button', { name: 'Leave Feedback' }).click();
  const content = page.locator('main main');
  await content.getByRole('combobox').click();
  await expect(page.getByRole('option')).toHaveText([
    'Not sure',
    '1 - Very poor',
    '2 - Poor',
    '3 - OK',
    '4 - Good',
    '5 - Great',
  ]);
  await page.getByRole('option', { name: '4 - Good' }).click();
  await content.getByPlaceholder('Paste one or more table IDs').fill('Q1, Q2 Q1');
  await content.getByRole('button', { name: 'Add', exact: true }).click();
  await content.getByRole('button', { name: 'Remove Q2' }).click();
  await content.getByPlaceholder(/^e\.g\., missing NETs/).fill('Labels are cut off');
  const sent = page.waitForRequest((request) => request.url().endsWith('/feedback') && request.method() === 'POST');
  await content.getByRole('button', { name: 'Submit Feedback' }).click();
  expect((await sent).postDataJSON()).toEqual({ rating: 4, notes: 'Labels are cut off', tableIds: ['Q1'] });
  await expect(page.getByText('Feedback submitted')).toBeVisible();
  await expect(content.getByRole('button', { name: 'Submit Feedback' })).toBeVisible();
  await content.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(content.getByRole('button', { name: 'Leave Feedback' })).toBeVisible();
});

test('an admin deletes by typing the name; the page says Project Not Found on its way out', async ({
  openAs,
  bundle,
  projectName,
}) => {
  const page = await openAs('admin');
  const { projectId } = await launchProject(page, bundle, projectName);
  await page.goto(`/projects/${projectId}`);
  await expect(page.getByText('Summary Statistics')).toBeVisible();
  await page.getByRole('button', { name: 'Delete Project' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete project' });
  const confirm = dialog.getByRole('button', { name: 'Delete Project' });
  const box = dialog.getByRole('textbox', { name: 'Type the project name to confirm' });
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeVisible();
  await expect(confirm).toBeDisabled();
  await box.fill(projectName.toUpperCase());
  await expect(confirm).toBeDisabled();
  await box.fill(projectName);
  await page.evaluate(() => {
    const headings: string[] = [];
    Object.assign(window, { headings });
    new MutationObserver(() => {
      const text = document.querySelector('main main h1')?.textContent ?? '';
      if (text && headings.at(-1) !== text) headings.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await confirm.click();
  await expect(page.getByText('Project deleted')).toBeVisible();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.locator('main main').getByText(projectName, { exact: true })).toHaveCount(0);
  const headings = await page.evaluate(() => (window as unknown as { headings: string[] }).headings);
  expect(headings).toContain('Project Not Found');
});

test('a refused deletion is told, and the dialog stays', async ({ openAs, bundle, projectName }) => {
  const page = await openAs('admin');
  const { projectId } = await launchProject(page, bundle, projectName, { review: true });
  await page.goto(`/projects/${projectId}`);
  await expect(page.getByRole('button', { name: 'Review Now' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete Project' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(projectName);
  const uncaught = page.waitForEvent('pageerror');
  await dialog.getByRole('button', { name: 'Delete Project' }).click();
  await expect(page.locator('li[data-sonner-toast][data-type=error] [data-title]')).toHaveText(
    'Failed to delete project',
  );
  await expect(page.locator('li[data-sonner-toast] [data-description]')).toHaveText(
    'Cannot delete a project with active pipeline runs. Cancel or wait for completion first.',
  );
  await expect(dialog).toBeVisible();
  await uncaught;
});

test('a project that does not exist, and an address that is none', async ({ openAs }) => {
  const page = await openAs('member');
  await page.goto(`/projects/${'q'.repeat(32)}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Project Not Found' })).toBeVisible();
  await expect(page.getByText('The requested project could not be found.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to Dashboard' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  await page.goto('/projects/no-such-form');
  await expect(
    page.getByRole('heading', { level: 2, name: /^Application error: a client-side exception has occurred/ }),
  ).toBeVisible();
});
