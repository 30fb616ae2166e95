/** What made pages slow: web-vitals' own attribution, by page. Pure. */
import type { MusterEvent } from '../telemetry/events.ts';
import { groupBy } from './registry/group-by.ts';
import { median } from './statistics/statistics.ts';

type Vital = Extract<MusterEvent, { type: 'vital' }>;
type Step = Extract<MusterEvent, { type: 'step' }>;

/** The parts of a vital whose sum it is, in order, with the words for them. */
const PARTS = {
  LCP: {
    timeToFirstByte: 'waiting for the first byte',
    resourceLoadDelay: 'before its resource was asked for',
    resourceLoadDuration: 'loading its resource',
    elementRenderDelay: 'until it was painted, with nothing left to load',
  },
  INP: {
    inputDelay: 'waiting for the main thread',
    processingDuration: 'in the page’s own handlers',
    presentationDelay: 'until the next frame was presented',
  },
} as const;

/** Steps in which an analyst only looks: what appears meanwhile is nothing that they did. */
export const WATCHING = /^(watch-|see-|review-executed|wait-for-human|check-)/;

export interface Part {
  readonly what: string;
  readonly ms: number;
}

export interface Cause {
  /** `web.lcp`, `soft.inp`, … */
  readonly metric: string;
  readonly page: string;
  readonly samples: number;
  /** How many there were, where these were drawn from more. */
  readonly of?: number;
  /** The medians of the parts, milliseconds, the longest first. */
  readonly parts: readonly Part[];
  /** The element that was it most often, as a selector's last two steps. */
  readonly element: string | undefined;
  /** The slowest quarter of them, for what is slow in some visits is not what is typical of all. */
  readonly slowest: {
    readonly samples: number;
    readonly parts: readonly Part[];
    readonly element: string | undefined;
    /**
     * Largest content that was painted only after its analyst had gone on to another step: what they did brought it, so
     * that it is no wait. A browser ends its search at a click, and not where somebody types or chooses a file.
     */
    readonly ownDoing: { readonly samples: number; readonly step: string } | undefined;
  };
}

/** One row for each of LCP and INP, kind of navigation and page. Only what counts as measured, the last value of a navigation. */
export function causesOf(events: readonly MusterEvent[]): Cause[] {
  const last = new Map<string, Vital>();
  for (const event of [...events].sort((one, other) => one.at - other.at))
    if (event.type === 'vital' && event.measured && (event.name === 'LCP' || event.name === 'INP'))
      last.set(`${event.analyst} ${event.attempt} ${event.kind} ${event.navigationId} ${event.name}`, event);
  const steps = groupBy(
    events.filter((event): event is Step & MusterEvent => event.type === 'step' && !WATCHING.test(event.name)),
    ({ analyst }) => analyst,
  );
  const groups = groupBy(
    last.values(),
    ({ name, kind, page }) => `${kind === 'hard' ? 'web' : 'soft'}.${name.toLowerCase()} ${page}`,
  );
  return [...groups].map(([key, vitals]) => {
    const [metric = '', page = ''] = key.split(' ');
    const quarter = [...vitals].sort((one, other) => other.value - one.value).slice(0, Math.ceil(vitals.length / 4));
    const doings = quarter.flatMap((vital) => ownDoing(vital, steps.get(vital.analyst) ?? []) ?? []);
    const step = mostFrequent(doings);
    return {
      metric,
      page,
      samples: vitals.length,
      parts: partsOf(vitals),
      element: elementOf(vitals),
      slowest: {
        samples: quarter.length,
        parts: partsOf(quarter),
        element: elementOf(quarter),
        ownDoing: step === undefined ? undefined : { samples: doings.length, step },
      },
    };
  });
}

/** Whether the slowest of them were brought about by the analysts themselves more often than not. */
export function isOwnDoing({ slowest: { samples, ownDoing: doing } }: Cause): boolean {
  return doing !== undefined && doing.samples > samples / 2;
}

/** The step that its analyst began after the navigation and before its largest content was painted. */
function ownDoing({ name, takenAt, value }: Vital, steps: readonly Step[]): string | undefined {
  if (name !== 'LCP' || takenAt === undefined) return undefined;
  return steps.find(({ startedAt }) => startedAt > takenAt - value && startedAt <= takenAt)?.name;
}

function partsOf(vitals: readonly Vital[]): Part[] {
  const words = PARTS[vitals[0]?.name === 'INP' ? 'INP' : 'LCP'];
  return Object.entries(words)
    .map(([name, what]) => {
      const values = vitals.flatMap(({ attribution }) => {
        const value = attribution?.[name];
        return typeof value === 'number' ? [value] : [];
      });
      return { what, ms: values.length === 0 ? 0 : median(values) };
    })
    .filter(({ ms }) => ms >= 0.5)
    .sort((one, other) => other.ms - one.ms);
}

function elementOf(vitals: readonly Vital[]): string | undefined {
  return mostFrequent(
    vitals.flatMap(({ attribution }) => {
      const target = attribution?.['target'] ?? attribution?.['interactionTarget'];
      return typeof target === 'string' ? [target.split('>').slice(-2).join(' > ')] : [];
    }),
  );
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counted = [...groupBy(values, (value) => value)].sort(([, one], [, other]) => other.length - one.length);
  return counted[0]?.[0];
}
