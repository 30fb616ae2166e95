/** Samples of web vitals: one value a vital and navigation. */
import type { MusterEvent } from '../telemetry/events.ts';
import type { AnalystAccount } from './analysts.ts';
import type { Measured, Tags } from './samples.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;
type VitalName = Of<'vital'>['name'];
type Kind = Of<'vital'>['kind'];

/** What every navigation of a kind has. A soft one's TTFB is always 0 and its FCP the page load's, so neither is a sample. */
const EVERY: Record<Kind, readonly VitalName[]> = { hard: ['LCP', 'CLS', 'FCP', 'TTFB'], soft: ['LCP', 'CLS'] };

/** Vitals that count from the navigation's start; the others happen at some time after it. */
const FROM_NAVIGATION: readonly VitalName[] = ['LCP', 'FCP', 'TTFB'];

interface Navigation {
  analyst: string;
  kind: Kind;
  page: string;
  startedAt: number;
  values: Map<VitalName, { value: number; at: number }>;
}

/** One value a vital and navigation: the one reported last, for earlier ones were provisional. */
export function addVitals(
  measured: Measured,
  events: readonly MusterEvent[],
  analysts: readonly AnalystAccount[],
): void {
  const navigations = new Map<string, Navigation>();
  for (const event of [...events].sort((a, b) => a.at - b.at)) {
    if ((event.type !== 'navigation' && event.type !== 'vital') || !event.measured) continue;
    const key = [event.analyst, event.attempt, event.kind, event.navigationId].join(' ');
    const navigation = navigations.get(key) ?? {
      analyst: event.analyst,
      kind: event.kind,
      page: event.page,
      startedAt: event.at,
      values: new Map<VitalName, { value: number; at: number }>(),
    };
    navigations.set(key, navigation);
    if (event.type === 'vital')
      navigation.values.set(event.name, { value: event.value, at: event.takenAt ?? event.at });
  }
  for (const { analyst, kind, page, startedAt, values } of navigations.values()) {
    for (const vital of EVERY[kind]) expect(measured, nameOf(kind, vital), { page });
    for (const [vital, { value, at }] of values) {
      if (vital !== 'INP' && !EVERY[kind].includes(vital)) continue;
      const metric = nameOf(kind, vital);
      if (vital === 'INP') expect(measured, metric, { page });
      const span = FROM_NAVIGATION.includes(vital) ? { from: startedAt, to: startedAt + value } : { from: at, to: at };
      measured.samples.push({ metric, tags: { page }, value, censored: false, analyst, span });
    }
  }
  const loaded = new Set([...navigations.values()].filter(({ kind }) => kind === 'hard').map(({ analyst }) => analyst));
  for (const { analyst, lacks } of analysts) {
    if (lacks.includes('INP')) expect(measured, 'web.inp', {});
    if (!loaded.has(analyst)) for (const vital of EVERY.hard) expect(measured, nameOf('hard', vital), {});
  }
}

function expect({ expectations }: Measured, metric: string, tags: Tags): void {
  expectations.push({ metric, tags, count: 1 });
}

function nameOf(kind: Kind, vital: VitalName): string {
  return `${kind === 'hard' ? 'web' : 'soft'}.${vital.toLowerCase()}`;
}
