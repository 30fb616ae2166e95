/** From events to samples: which metric an event is a sample of, and how many samples there should be. */
import type { MusterEvent } from '../telemetry/events.ts';
import type { AnalystAccount } from './analysts.ts';
import { MetricTable, type Tags } from './metrics.ts';
import type { MetricRow } from './summary.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;
type VitalName = Of<'vital'>['name'];
type Kind = Of<'vital'>['kind'];

/** What every navigation of a kind has. A soft one's TTFB is always 0 and its FCP the page load's, so neither is a sample. */
const EVERY: Record<Kind, readonly VitalName[]> = { hard: ['LCP', 'CLS', 'FCP', 'TTFB'], soft: ['LCP', 'CLS'] };

/**
 * All metric rows of a run. Expected are: LCP, CLS, FCP and TTFB once a measured page load, and once for an analyst
 * without any; LCP and CLS once a measured soft navigation; INP, which only exists where somebody interacted, once
 * wherever it was reported and once for an analyst without any; a step as often as it was recorded; each time of a
 * card as often as a change of a card was recorded, and once for a launched project whose owner saw it never change.
 */
export function measure(events: readonly MusterEvent[], analysts: readonly AnalystAccount[]): MetricRow[] {
  const table = new MetricTable();
  const bundles = new Map(analysts.map(({ analyst, bundle }) => [analyst, bundle]));
  addVitals(table, events, analysts);
  for (const event of events) {
    if (event.type === 'step') addStep(table, event, bundles.get(event.analyst));
    else if (event.type === 'card') addCard(table, event);
  }
  expectOwnCards(table, events);
  return table.rows();
}

interface Navigation {
  kind: Kind;
  page: string;
  values: Map<VitalName, number>;
}

/** One value a vital and navigation: the one reported last, for earlier ones were provisional. */
function addVitals(table: MetricTable, events: readonly MusterEvent[], analysts: readonly AnalystAccount[]): void {
  const navigations = new Map<string, Navigation>();
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    if ((event.type !== 'navigation' && event.type !== 'vital') || !event.measured) continue;
    const key = [event.analyst, event.attempt, event.kind, event.navigationId].join(' ');
    const navigation = navigations.get(key) ?? {
      kind: event.kind,
      page: event.page,
      values: new Map<VitalName, number>(),
    };
    navigations.set(key, navigation);
    if (event.type === 'vital') navigation.values.set(event.name, event.value);
  }
  for (const { kind, page, values } of navigations.values()) {
    for (const vital of EVERY[kind]) table.expect(metricOf(kind, vital), { page });
    for (const [vital, value] of values) {
      if (vital === 'INP') table.expect(metricOf(kind, vital), { page });
      if (vital === 'INP' || EVERY[kind].includes(vital)) table.add(metricOf(kind, vital), { page }, value);
    }
  }
  const loaded = new Set([...navigations].filter(([, { kind }]) => kind === 'hard').map(([key]) => key.split(' ')[0]));
  for (const { analyst, lacks } of analysts) {
    if (lacks.includes('INP')) table.expect('web.inp', {});
    if (!loaded.has(analyst)) for (const vital of EVERY.hard) table.expect(metricOf('hard', vital), {});
  }
}

function metricOf(kind: Kind, vital: VitalName): string {
  return `${kind === 'hard' ? 'web' : 'soft'}.${vital.toLowerCase()}`;
}

function addStep(table: MetricTable, step: Of<'step'>, bundle: string | undefined): void {
  const tags: Tags = bundle === undefined ? {} : { bundle };
  table.expect(`step.${step.name}`, tags);
  table.add(`step.${step.name}`, tags, step.endedAt - step.startedAt, step.outcome !== 'ok');
}

const CARD_METRICS = ['card.freshness', 'card.arrival', 'card.paint'] as const;

function expectOwnCards(table: MetricTable, events: readonly MusterEvent[]): void {
  const seen = new Set(events.flatMap((event) => (event.type === 'card' && event.own ? [event.project] : [])));
  const launched = new Set(
    events.flatMap((event) => (event.type === 'project' && event.projectId !== undefined ? [event.name] : [])),
  );
  for (const project of launched)
    if (!seen.has(project)) for (const name of CARD_METRICS) table.expect(name, { card: 'own' });
}

function addCard(table: MetricTable, card: Of<'card'>): void {
  const tags: Tags = { card: card.own ? 'own' : 'colleague' };
  const { committedAt, arrivedAt, paintedAt } = card;
  const span = (name: string, from: number | undefined, to: number | undefined) => {
    table.expect(name, tags);
    if (from !== undefined && to !== undefined) table.add(name, tags, to - from);
  };
  span('card.freshness', committedAt, paintedAt);
  span('card.arrival', committedAt, arrivedAt);
  span('card.paint', arrivedAt, paintedAt);
}
