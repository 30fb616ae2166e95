/** What made pages slow: web-vitals' own attribution, by page. Pure. */
import type { MusterEvent } from '../telemetry/events.ts';
import { groupBy } from './registry/group-by.ts';
import { median } from './statistics/statistics.ts';

type Vital = Extract<MusterEvent, { type: 'vital' }>;

/** The parts of a vital whose sum it is, in order, with the words for them. */
const PARTS = {
  LCP: {
    timeToFirstByte: 'waiting for the first byte',
    resourceLoadDelay: 'before its resource was asked for',
    resourceLoadDuration: 'loading its resource',
    elementRenderDelay: 'rendering it',
  },
  INP: {
    inputDelay: 'waiting for the main thread',
    processingDuration: 'in the page’s own handlers',
    presentationDelay: 'until the next frame was presented',
  },
} as const;

export interface Cause {
  /** `web.lcp`, `soft.inp`, … */
  readonly metric: string;
  readonly page: string;
  readonly samples: number;
  /** The medians of the parts, milliseconds, the longest first. */
  readonly parts: readonly { readonly what: string; readonly ms: number }[];
  /** The element that was it most often, as a selector's last two steps. */
  readonly element: string | undefined;
}

/** One row for each of LCP and INP, kind of navigation and page. Only what counts as measured, the last value of a navigation. */
export function causesOf(events: readonly MusterEvent[]): Cause[] {
  const last = new Map<string, Vital>();
  for (const event of [...events].sort((one, other) => one.at - other.at))
    if (event.type === 'vital' && event.measured && (event.name === 'LCP' || event.name === 'INP'))
      last.set(`${event.analyst} ${event.attempt} ${event.kind} ${event.navigationId} ${event.name}`, event);
  const groups = groupBy(
    last.values(),
    ({ name, kind, page }) => `${kind === 'hard' ? 'web' : 'soft'}.${name.toLowerCase()} ${page}`,
  );
  return [...groups].map(([key, vitals]) => {
    const [metric = '', page = ''] = key.split(' ');
    const words = PARTS[vitals[0]?.name === 'INP' ? 'INP' : 'LCP'];
    const parts = Object.entries(words).map(([name, what]) => {
      const values = vitals.flatMap(({ attribution }) => {
        const value = attribution?.[name];
        return typeof value === 'number' ? [value] : [];
      });
      return { what, ms: values.length === 0 ? 0 : median(values) };
    });
    return {
      metric,
      page,
      samples: vitals.length,
      parts: parts.filter(({ ms }) => ms >= 0.5).sort((one, other) => other.ms - one.ms),
      element: mostFrequent(
        vitals.flatMap(({ attribution }) => {
          const target = attribution?.['target'] ?? attribution?.['interactionTarget'];
          return typeof target === 'string' ? [target.split('>').slice(-2).join(' > ')] : [];
        }),
      ),
    };
  });
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counted = [...groupBy(values, (value) => value)].sort(([, one], [, other]) => other.length - one.length);
  return counted[0]?.[0];
}
