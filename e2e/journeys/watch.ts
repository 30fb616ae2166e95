/** Watching the dashboard, where everything must happen by itself. */
import { expect, PlainError, type Analyst, type CardStatus } from '../../fixtures/test.ts';

/** Watches the analyst's own card until it shows this status, without a reload; fails at once when it shows one of `unless`. */
export async function watchCard(
  analyst: Analyst,
  stepName: string,
  status: CardStatus,
  unless: readonly CardStatus[],
): Promise<void> {
  const { dashboard, projectName, deadlines } = analyst;
  await analyst.step(stepName, () =>
    withoutReload(analyst, () =>
      expect(dashboard.card(projectName)).toReachStatus(status, { timeoutMs: deadlines.runMs, unless }),
    ),
  );
}

/** The same where nobody knows whether the product will ask for a review: whether it does. */
export async function watchWhetherReviewed(analyst: Analyst): Promise<boolean> {
  const { dashboard, projectName, deadlines } = analyst;
  return analyst.step('watch-to-review-or-end', () =>
    withoutReload(analyst, async () => {
      const seen = await dashboard
        .card(projectName)
        .reaches(['Review Required', 'Finished', 'Cancelled'], deadlines.runMs);
      if (seen === 'Cancelled') throw new PlainError(`The card of "${projectName}" shows that it was cancelled.`);
      return seen === 'Review Required';
    }),
  );
}

async function withoutReload<T>({ dashboard, projectName }: Analyst, watching: () => Promise<T>): Promise<T> {
  const loadedAt = await dashboard.loadedAt();
  const result = await watching();
  if ((await dashboard.loadedAt()) !== loadedAt)
    throw new PlainError(
      `The dashboard reloaded while "${projectName}" was being watched, so nothing is known of its live changes.`,
    );
  return result;
}

/** Every project of a colleague that the product has accepted must have appeared on this dashboard by itself. */
export async function meetColleagues(analyst: Analyst): Promise<void> {
  if (analyst.colleagues.expected.length === 0) return;
  await analyst.step('see-colleagues', async () => {
    for (const project of await analyst.colleagues.accepted())
      await analyst.dashboard.card(project).appears(analyst.deadlines.stepMs);
  });
}

/** Cancels the analyst's own run by the project's page, and sees its card change on the dashboard; one that has ended meanwhile is left alone. */
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
  await analyst.step('see-cancelled', async () => {
    await analyst.shell.toDashboard();
    await dashboard.isShown();
    // What waits for a person, or came to its end before the click, has moved, too.
    await dashboard.card(projectName).reaches(['Cancelled', 'Finished', 'Review Required'], deadlines.stepMs);
  });
}
