/** Samples of live cards: how old a change is when it is seen, whether it was seen at all, and how soon colleagues see a launch. */
import type { RunFile } from '../run/run-file.ts';
import type { MusterEvent } from '../telemetry/events.ts';
import type { Measured, Tags } from './samples.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

const CARD_METRICS = ['card.freshness', 'card.arrival', 'card.paint'] as const;

/**
 * Expected is each time of a card as often as a change was recorded (of one that a later change overtook, its arrival
 * alone), and once for a launched project whose owner saw it never change.
 */
export function addCards(measured: Measured, events: readonly MusterEvent[], run: Pick<RunFile, 'target'>): void {
  const cards = events.filter((event): event is Of<'card'> => event.type === 'card');
  for (const card of cards) addCard(measured, card, offsetOf(events, card.analyst, run));
  expectOwnCards(measured, events);
  addPropagation(measured, events, cards);
}

/**
 * How far the page's clock is ahead of the product's, in milliseconds: none when the bounds allow for that, else their
 * middle; unknown without both. An embedded product shares the machine's clock.
 */
export function offsetOf(
  events: readonly MusterEvent[],
  analyst: string,
  { target }: Pick<RunFile, 'target'>,
): number | undefined {
  const clock = events.findLast(
    (event): event is Of<'clock'> => event.type === 'clock' && event.other === 'product' && event.analyst === analyst,
  );
  if (clock?.offsetMinMs === undefined || clock.offsetMaxMs === undefined)
    return target.kind === 'embedded' ? 0 : undefined;
  const { offsetMinMs, offsetMaxMs } = clock;
  return offsetMinMs <= 0 && offsetMaxMs >= 0 ? 0 : (offsetMinMs + offsetMaxMs) / 2;
}

function expectOwnCards({ expectations }: Measured, events: readonly MusterEvent[]): void {
  const seen = new Set(events.flatMap((event) => (event.type === 'card' && event.own ? [event.project] : [])));
  const launched = new Set(
    events.flatMap((event) => (event.type === 'project' && event.projectId !== undefined ? [event.name] : [])),
  );
  for (const project of launched)
    if (!seen.has(project))
      for (const metric of CARD_METRICS) expectations.push({ metric, tags: { card: 'own' }, count: 1 });
}

function addCard({ samples, expectations }: Measured, card: Of<'card'>, offsetMs: number | undefined): void {
  const tags: Tags = { card: card.own ? 'own' : 'colleague' };
  const { analyst, arrivedAt, paintedAt, end } = card;
  const committedAt =
    card.committedAt === undefined || offsetMs === undefined ? undefined : card.committedAt + offsetMs;
  const span = (metric: string, from: number | undefined, to: number | undefined) => {
    expectations.push({ metric, tags, count: 1 });
    if (from === undefined || to === undefined) return;
    samples.push({ metric, tags, value: to - from, censored: false, analyst, span: { from, to } });
  };
  span('card.arrival', committedAt, arrivedAt);
  if (end !== 'superseded') {
    span('card.freshness', committedAt, paintedAt);
    span('card.paint', arrivedAt, paintedAt);
  }
  if (end === undefined) return;
  for (const [metric, what] of [
    ['rate.cards-missed', 'missed'],
    ['rate.cards-superseded', 'superseded'],
  ] as const) {
    expectations.push({ metric, tags, count: 1 });
    samples.push({ metric, tags, value: end === what ? 1 : 0, censored: false, analyst });
  }
}

/** One sample for each colleague's project that appeared on a dashboard while its analyst was looking at it. */
function addPropagation(
  { samples, expectations }: Measured,
  events: readonly MusterEvent[],
  cards: readonly Of<'card'>[],
): void {
  const launches = new Map(
    events.flatMap((event) =>
      event.type === 'project' && event.launchedAt !== undefined ? [[event.name, event.launchedAt] as const] : [],
    ),
  );
  for (const { analyst, project, own, appeared, paintedAt } of cards) {
    const launchedAt = launches.get(project);
    if (own || appeared !== true || launchedAt === undefined) continue;
    expectations.push({ metric: 'card.propagation', tags: {}, count: 1 });
    if (paintedAt === undefined) continue;
    const span = { from: launchedAt, to: paintedAt };
    samples.push({
      metric: 'card.propagation',
      tags: {},
      value: paintedAt - launchedAt,
      censored: false,
      analyst,
      span,
    });
  }
}
