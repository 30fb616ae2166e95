/** Samples of live cards: how old a change is when it is seen, whether it was seen at all, and how soon colleagues see a launch. */
import type { RunFile } from '../../run/run-file.ts';
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import type { Measured, Surroundings, Tags } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

const CARD_METRICS = ['card.freshness', 'card.arrival', 'card.paint'] as const;

/**
 * Expected is each time of a card as often as a change was recorded (of one that a later change overtook, its arrival
 * alone), and once for a launched project whose owner saw it never change. All events are of one analyst.
 */
export function addCards(
  measured: Measured,
  events: readonly MusterEvent[],
  account: AnalystAccount | undefined,
  { run, activeAt, launches }: Pick<Surroundings, 'run' | 'activeAt' | 'launches'>,
): void {
  const cards = events.filter((event): event is Of<'card'> => event.type === 'card');
  const offsetMs = offsetOf(events, run);
  for (const card of cards) addCard(measured, card, offsetMs, activeAt);
  expectOwnCards(measured, events);
  addPropagation(measured, cards, owedTo(events, account, launches), launches);
}

/**
 * How far an analyst's page's clock is ahead of the product's, in milliseconds: none when the bounds allow for that, else
 * their middle; unknown without both. An embedded product shares the machine's clock.
 */
export function offsetOf(events: readonly MusterEvent[], { target }: Pick<RunFile, 'target'>): number | undefined {
  const clock = events.findLast((event): event is Of<'clock'> => event.type === 'clock' && event.other === 'product');
  if (clock?.offsetMinMs === undefined || clock.offsetMaxMs === undefined)
    return target.kind === 'embedded' ? 0 : undefined;
  const { offsetMinMs, offsetMaxMs } = clock;
  return offsetMinMs <= 0 && offsetMaxMs >= 0 ? 0 : (offsetMinMs + offsetMaxMs) / 2;
}

const NEVER_SEEN = 'its owner’s dashboard showed no change of the own card';

function expectOwnCards({ expectations }: Measured, events: readonly MusterEvent[]): void {
  const seen = new Set(events.flatMap((event) => (event.type === 'card' && event.own ? [event.project] : [])));
  const launched = new Set(
    events.flatMap((event) => (event.type === 'project' && event.projectId !== undefined ? [event.name] : [])),
  );
  for (const project of launched)
    if (!seen.has(project))
      for (const metric of CARD_METRICS)
        expectations.push({ metric, tags: { card: 'own' }, count: 1, why: NEVER_SEEN });
}

function addCard(
  { samples, expectations }: Measured,
  card: Of<'card'>,
  offsetMs: number | undefined,
  activeAt: (at: number) => string,
): void {
  const tags: Tags = { card: card.own ? 'own' : 'colleague' };
  const { analyst, arrivedAt, paintedAt, end } = card;
  const committedAt =
    card.committedAt === undefined || offsetMs === undefined ? undefined : card.committedAt + offsetMs;
  const span = (metric: string, from: number | undefined, to: number | undefined) => {
    expectations.push({ metric, tags, count: 1 });
    if (from === undefined || to === undefined) return;
    const active = activeAt(to);
    const value = to - from;
    samples.push({ metric, tags: { ...tags, active }, value, censored: false, analyst, span: { from, to } });
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

/** A dashboard that is left sooner after a colleague's click owes nothing. */
const SHOWN_WITHIN_MS = 5_000;

/** The projects that an analyst's dashboard should show by itself: colleagues launched them while it was looked at. */
function owedTo(
  events: readonly MusterEvent[],
  account: AnalystAccount | undefined,
  launches: Surroundings['launches'],
): Set<string> {
  const owed = new Set<string>();
  if (account === undefined) return owed;
  const { analyst, lastStepEndedAt = 0 } = account;
  for (const { from, to } of screensOf(events, lastStepEndedAt))
    for (const { project } of launches.ofColleagues(analyst, from, to - SHOWN_WITHIN_MS)) owed.add(project);
  return owed;
}

/** When an analyst's page showed cards, from the start line to the last step. */
function screensOf(events: readonly MusterEvent[], lastStepEndedAt: number): { from: number; to: number }[] {
  const routes = events
    .filter((event): event is Of<'route'> => event.type === 'route')
    .sort((a, b) => a.changedAt - b.changedAt);
  return routes.flatMap(({ cards, measured, changedAt: from }, place) =>
    cards && measured ? [{ from, to: routes[place + 1]?.changedAt ?? lastStepEndedAt }] : [],
  );
}

/**
 * One sample for each colleague's project that appeared on a dashboard while its analyst was looking at it. Expected is
 * one for each such dashboard that was looked at from the click on, and one for each that showed it besides.
 */
function addPropagation(
  { samples, expectations }: Measured,
  cards: readonly Of<'card'>[],
  owed: Set<string>,
  launches: Surroundings['launches'],
): void {
  for (const { analyst, project, own, appeared, paintedAt } of cards) {
    const launch = launches.of(project);
    if (own || appeared !== true || launch === undefined) continue;
    owed.add(project);
    if (paintedAt === undefined) continue;
    const span = { from: launch.launchedAt, to: paintedAt };
    const value = span.to - span.from;
    samples.push({ metric: 'card.propagation', tags: {}, value, censored: false, analyst, span });
  }
  if (owed.size > 0) expectations.push({ metric: 'card.propagation', tags: {}, count: owed.size });
}
