/** Watching the dashboard, where everything must happen by itself. */
import type { Analyst, CardStatus } from '../../fixtures/test.ts';

/** Watches the analyst's own card until it shows one of these, without a reload. */
export async function watchCard(analyst: Analyst, stepName: string, statuses: readonly CardStatus[]): Promise<CardStatus> {
  const { dashboard, projectName, deadlines } = analyst;
  return analyst.step(stepName, async () => {
    const loadedAt = await dashboard.loadedAt();
    const status = await dashboard.card(projectName).reaches(statuses, deadlines.runMs);
    if ((await dashboard.loadedAt()) !== loadedAt) throw new Error(`The dashboard reloaded while "${projectName}" was being watched, so nothing is known of its live changes.`);
    return status;
  });
}

/** Every project of a colleague that the product has accepted must have appeared on this dashboard by itself. */
export async function meetColleagues(analyst: Analyst): Promise<void> {
  if (analyst.colleagues.expected.length === 0) return;
  await analyst.step('see-colleagues', async () => {
    for (const project of await analyst.colleagues.accepted()) await analyst.dashboard.card(project).appears(analyst.deadlines.stepMs);
  });
}

/** Cancels the analyst's own run by the project's page; one that has ended meanwhile is left alone. */
export async function cancelProject(analyst: Analyst): Promise<void> {
  const { dashboard, project, projectName, deadlines } = analyst;
  await analyst.step('cancel', async () => {
    await dashboard.card(projectName).open();
    await analyst.page.waitForURL(/\/projects\/[^/]+(\/review)?\/?$/);
    // A run that asks for a review opens there and is cancelled by the teardown: its page has no such button.
    if (analyst.page.url().includes('/review')) return;
    await project.isShown(projectName);
    await project.cancel(deadlines.stepMs);
  });
}
