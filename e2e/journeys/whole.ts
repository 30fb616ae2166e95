/** The whole journey of an analyst, told in steps: from the sign-in to a workbook that holds what it should. */
import { PlainError, type Analyst } from '../../fixtures/test.ts';
import { arrive } from './arrive.ts';
import { checkWorkbooks } from './check-workbooks.ts';
import { knownOf } from './known.ts';
import { launchProject, type Launched } from './launch.ts';
import { decideReview, type Reviewed } from './review.ts';
import { cancelProject, meetColleagues, watchCard, watchWhetherReviewed } from './watch.ts';

export type ProjectEnd = 'completed' | 'cancelled' | 'pending-review' | 'rate-limited' | 'failed' | 'in-progress';

const endOfBadge = { Success: 'completed', Partial: 'completed', Error: 'failed', Cancelled: 'cancelled' } as const;

/** @throws when anything on the way is not as the product promises. */
export async function wholeJourney(analyst: Analyst): Promise<void> {
  await arrive(analyst);
  let launched: Launched | undefined;
  let end: ProjectEnd = 'failed';
  try {
    launched = await launchProject(analyst);
    end = launched.accepted ? 'in-progress' : 'rate-limited';
    if (!launched.accepted)
      throw new PlainError(
        `The product refused "${analyst.projectName}" with 429 for longer than RATE_LIMIT_WAIT_S allows. Raise it, or lower ANALYSTS.`,
        `It said: ${launched.message}`,
      );
    end = await follow(analyst, launched, (seen) => (end = seen));
  } finally {
    await settle(analyst, launched, end);
  }
}

/** From the launch to the end that the settings ask for. `seen` hears of an end before the checks that follow it. */
async function follow(
  analyst: Analyst,
  launched: Extract<Launched, { accepted: true }>,
  seen: (end: ProjectEnd) => void,
): Promise<ProjectEnd> {
  const { settings, dashboard, shell, project } = analyst;
  // At once: who has launched something wants to see how its card changes.
  await analyst.step('return-to-dashboard', async () => {
    await shell.toDashboard();
    await dashboard.isShown();
    await dashboard.card(analyst.projectName).appears(analyst.deadlines.stepMs);
  });
  if (settings.UNTIL === 'launched') {
    await meetColleagues(analyst);
    await cancelProject(analyst);
    return 'cancelled';
  }
  let reviewed: Reviewed | undefined;
  if (await asksForReview(analyst)) {
    seen('pending-review');
    if (settings.REVIEW === 'leave' || settings.UNTIL === 'review') {
      await meetColleagues(analyst);
      return 'pending-review';
    }
    reviewed = await decideReview(analyst);
    seen('in-progress');
    // The answer to the review can overtake the news on the socket, so its old badge is no reason to give up.
    await watchCard(analyst, 'watch-to-end', 'Finished', ['Cancelled']);
  }
  await meetColleagues(analyst);
  await analyst.pause();
  // Success and failure differ on a card by the colour of an icon only: the project's page has words for them.
  const shown = await analyst.step('open-project', async () => {
    await dashboard.card(analyst.projectName).open();
    await project.isShown(analyst.projectName);
    return project.end(analyst.deadlines.stepMs);
  });
  const end = endOfBadge[shown];
  seen(end);
  if (shown !== 'Success')
    throw new PlainError(`"${analyst.projectName}" ended and shows "${shown}" instead of "Success".`);
  await analyst.pause();
  if (settings.UNTIL === 'done') await checkWorkbooks(analyst, launched, reviewed);
  return end;
}

/** Watches the card to the review, or to the end without one, as it must come; where nobody knows, the card does. */
async function asksForReview(analyst: Analyst): Promise<boolean> {
  const known = knownOf(analyst);
  if (!known) return watchWhetherReviewed(analyst);
  const reviewed = known.flagged.length > 0;
  if (reviewed) await watchCard(analyst, 'watch-to-review', 'Review Required', ['Finished', 'Cancelled']);
  else await watchCard(analyst, 'watch-to-end', 'Finished', ['Review Required', 'Cancelled']);
  return reviewed;
}

async function settle(analyst: Analyst, launched: Launched | undefined, end: ProjectEnd): Promise<void> {
  if (launched?.accepted) await analyst.journal.append({ type: 'ended', project: analyst.projectName, end });
  analyst.recorder.record({
    type: 'project',
    name: analyst.projectName,
    bundle: analyst.bundle.name,
    ...(launched?.accepted
      ? {
          projectId: launched.projectId,
          productRunId: launched.productRunId,
          durationMs: Date.now() - launched.acceptedAt,
          ...(launched.launchedAt === undefined ? {} : { launchedAt: launched.launchedAt }),
        }
      : {}),
    end,
  });
}
