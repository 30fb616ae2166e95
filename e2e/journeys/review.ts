/** The review: every column that the product was not certain about gets a decision. */
import { decisionsFor, PlainError, type Analyst, type DecidedColumn } from '../../fixtures/test.ts';
import { knownOf } from './known.ts';

/** What was decided; undefined columns when a person did it. */
export interface Reviewed {
  readonly columns: readonly DecidedColumn[] | undefined;
}

/** How the run stood by the product's answer. */
type Answered = Awaited<ReturnType<Awaited<ReturnType<Analyst['review']['save']>>['done']>>;

/** From the card to the product's answer: decided by the analyst's seed, or by a person in the window. */
export async function decideReview(analyst: Analyst): Promise<Reviewed> {
  const { review, dashboard, settings } = analyst;
  await analyst.pause();
  await analyst.step('open-review', async () => {
    await dashboard.card(analyst.projectName).open();
    await review.isShown();
  });
  const columns = settings.REVIEW === 'human' ? await byPerson(analyst) : await bySeed(analyst);
  await analyst.pause();
  await analyst.step('return-after-review', async () => {
    await analyst.shell.toDashboard();
    await dashboard.isShown();
  });
  return { columns };
}

async function byPerson(analyst: Analyst): Promise<undefined> {
  const { review, deadlines } = analyst;
  const openedAt = Date.now();
  await analyst.callPerson('for the review', () =>
    analyst.step('review-by-person', () => review.decidedByPerson(deadlines.reviewMs)),
  );
  tellOfReview(analyst, openedAt);
  return undefined;
}

async function bySeed(analyst: Analyst): Promise<DecidedColumn[]> {
  const { review, bundle, settings } = analyst;
  await analyst.pause();
  const decided = await analyst.step('decide', async () => {
    const cards = await review.columns();
    assertFlagged(
      analyst,
      cards.map(({ group, column }) => `${group}: ${column}`),
    );
    const decisions = decisionsFor(settings.SEED, analyst.analyst, cards);
    const columns: DecidedColumn[] = [];
    for (const [place, card] of cards.entries()) {
      const decision = decisions[place] ?? 'accept';
      await review.decide(place, decision, `Use what ${bundle.title} says about ${card.column}`);
      columns.push({ group: card.group, column: card.column, proposed: card.proposed, decision });
    }
    return columns;
  });
  await analyst.pause();
  const openedAt = Date.now();
  let answered: Answered;
  try {
    const saved = await analyst.step('save-review', () => review.save());
    answered = await analyst.step('review-executed', () => saved.done(analyst.deadlines.runMs));
  } finally {
    tellOfReview(analyst, openedAt, answered);
  }
  return decided;
}

/** Says which request saved the review; the report takes its times from the page. */
function tellOfReview(
  { recorder, review, projectName: project }: Analyst,
  openedAt: number,
  answered?: Answered,
): void {
  recorder.record({ type: 'review', project, route: review.route, openedAt, ...(answered && { answered }) });
}

function assertFlagged(analyst: Analyst, shown: readonly string[]): void {
  const { projectName } = analyst;
  const flagged = knownOf(analyst)?.flagged ?? shown;
  const missing = flagged.filter((column) => !shown.includes(column));
  const extra = shown.filter((column) => !flagged.includes(column));
  if (missing.length + extra.length > 0)
    throw new PlainError(
      `The review of "${projectName}" asks about the wrong columns:`,
      `missing ${missing.join(', ') || 'none'}; unexpected ${extra.join(', ') || 'none'}.`,
    );
}
