/** Samples of web vitals: one value a vital and navigation. */
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import { add, owe } from './measuring.ts';
import type { Measured } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;
type VitalName = Of<'vital'>['name'];
type Kind = Of<'vital'>['kind'];

/** What every navigation of a kind has. A soft one's TTFB is always 0 and its FCP the page load's, so neither is a sample. */
const EVERY: Record<Kind, readonly VitalName[]> = { hard: ['LCP', 'CLS', 'FCP', 'TTFB'], soft: ['LCP', 'CLS'] };

/** Vitals that count from the navigation's start; the others happen at some time after it. */
const FROM_NAVIGATION: readonly VitalName[] = ['LCP', 'FCP', 'TTFB'];

const RECOGNISED = 'rate.route-changes-recognised';

interface Navigation {
  analyst: string;
  kind: Kind;
  page: string;
  startedAt: number;
  values: Map<VitalName, Of<'vital'>>;
}

/** A vital as it counts: the one reported last of its navigation, whose page it is of. */
export interface VitalSample {
  readonly metric: string;
  readonly page: string;
  readonly vital: Of<'vital'>;
  readonly span: { readonly from: number; readonly to: number };
}

/**
 * One value a vital and navigation: the one reported last, for earlier ones were provisional. Expected are LCP and CLS of
 * each change of route too, whether Chromium recognised it as a soft navigation or not. All events are of one analyst.
 */
export function addVitals(
  measured: Measured,
  events: readonly MusterEvent[],
  account: AnalystAccount | undefined,
  activeAt: (at: number) => string,
): void {
  const navigations = navigationsOf(events);
  for (const { kind, page } of navigations)
    for (const vital of EVERY[kind]) owe(measured, nameOf(kind, vital), { page });
  for (const { metric, page, vital, span } of navigations.flatMap(samplesOf)) {
    const { name, value, analyst } = vital;
    if (name === 'INP') owe(measured, metric, { page });
    const tags = { page, active: activeAt(span.to) };
    measured.samples.push({ metric, tags, value, censored: false, analyst, span });
  }
  addRoutes(measured, events, navigations);
  if (account === undefined) return;
  if (account.lacks.includes('INP')) owe(measured, 'web.inp', {});
  if (!navigations.some(({ kind }) => kind === 'hard'))
    for (const vital of EVERY.hard) owe(measured, nameOf('hard', vital), {});
}

/** All vitals of one analyst that count. */
export function vitalsOf(events: readonly MusterEvent[]): VitalSample[] {
  return navigationsOf(events).flatMap(samplesOf);
}

function navigationsOf(events: readonly MusterEvent[]): Navigation[] {
  const navigations = new Map<string, Navigation>();
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    if ((event.type !== 'navigation' && event.type !== 'vital') || !event.measured) continue;
    const key = [event.analyst, event.attempt, event.kind, event.navigationId].join(' ');
    const navigation = navigations.get(key) ?? {
      analyst: event.analyst,
      kind: event.kind,
      page: event.page,
      startedAt: event.at,
      values: new Map<VitalName, Of<'vital'>>(),
    };
    navigations.set(key, navigation);
    if (event.type === 'vital') navigation.values.set(event.name, event);
  }
  return [...navigations.values()];
}

function samplesOf({ kind, page, startedAt, values }: Navigation): VitalSample[] {
  return [...values.values()]
    .filter(({ name }) => name === 'INP' || EVERY[kind].includes(name))
    .map((vital) => {
      const { name, value } = vital;
      const at = vital.takenAt ?? vital.at;
      const span = FROM_NAVIGATION.includes(name) ? { from: startedAt, to: startedAt + value } : { from: at, to: at };
      return { metric: nameOf(kind, name), page, vital, span };
    });
}

/**
 * Chromium recognises a change of route as a soft navigation when a click brings about both the new address and new content;
 * content that comes by a socket is nobody's. Only how many of an analyst's changes to a page it recognised can be told.
 */
function addRoutes(measured: Measured, events: readonly MusterEvent[], navigations: readonly Navigation[]): void {
  const changes = new Map<string, { analyst: string; page: string; count: number }>();
  for (const event of events) {
    if (event.type !== 'route' || event.loaded || !event.measured) continue;
    const { analyst, page } = event;
    changes.set(page, { analyst, page, count: (changes.get(page)?.count ?? 0) + 1 });
  }
  for (const { analyst, page, count } of changes.values()) {
    const soft = navigations.filter((one) => one.kind === 'soft' && one.page === page).length;
    for (let place = 0; place < count; place += 1) {
      const value = place < soft ? 1 : 0;
      add(measured, { metric: RECOGNISED, tags: { page }, value, censored: false, analyst });
      if (value === 0) for (const vital of EVERY.soft) owe(measured, nameOf('soft', vital), { page });
    }
  }
}

function nameOf(kind: Kind, vital: VitalName): string {
  return `${kind === 'hard' ? 'web' : 'soft'}.${vital.toLowerCase()}`;
}
