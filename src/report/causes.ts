/** What made pages slow: web-vitals' own attribution, by page. Pure. */
import type { MusterEvent } from '../telemetry/events.ts';
import { groupBy } from '../run/group-by.ts';
import { median } from './statistics/statistics.ts';

type Vital = Extract<MusterEvent, { type: 'vital' }>;

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
  /** The medians of the parts over all visits, milliseconds, the longest first: none is larger than the whole. */
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

/** Of fewer visits than these no quarter is told, and no “three of four”. */
export const FEW = 4;

/** A vital that counts, and the step that its analyst began after the navigation and before it was taken. */
export interface Visit {
  readonly vital: Vital;
  readonly step: string | undefined;
}

/** What those visits to a page consisted of, by one of LCP and INP. */
export function causeOf(metric: string, page: string, visits: readonly Visit[]): Cause {
  const quarter = [...visits]
    .sort((one, other) => other.vital.value - one.vital.value)
    .slice(0, Math.ceil(visits.length / 4));
  // What follows a click that was answered late brought nothing about.
  const doings = quarter.flatMap(({ vital: { name }, step }) => (name === 'LCP' && step !== undefined ? [step] : []));
  const step = mostFrequent(doings);
  return {
    metric,
    page,
    samples: visits.length,
    parts: partsOf(visits),
    element: elementOf(visits),
    slowest: {
      samples: quarter.length,
      parts: partsOf(quarter),
      element: elementOf(quarter),
      ownDoing: step === undefined ? undefined : { samples: doings.length, step },
    },
  };
}

/** Whether the slowest of them were brought about by the analysts themselves more often than not. */
export function isOwnDoing({ slowest: { samples, ownDoing: doing } }: Cause): boolean {
  return doing !== undefined && doing.samples > samples / 2;
}

function partsOf(visits: readonly Visit[]): Part[] {
  const words = PARTS[visits[0]?.vital.name === 'INP' ? 'INP' : 'LCP'];
  const told = visits.map(({ vital }) => withinValue(vital, Object.keys(words)));
  return Object.entries(words)
    .map(([name, what]) => {
      const values = told.flatMap((parts) => parts.get(name) ?? []);
      return { what, ms: values.length === 0 ? 0 : median(values) };
    })
    .filter(({ ms }) => ms >= 0.5)
    .sort((one, other) => other.ms - one.ms);
}

/**
 * The parts in their order in time, together no more than the value: of an LCP after a change of route web-vitals at times
 * tells a last part that it counts from an earlier navigation, half a minute of a value of 40 ms.
 */
function withinValue({ value, attribution }: Vital, names: readonly string[]): Map<string, number> {
  let left = value;
  return new Map(
    names.flatMap((name) => {
      const part = attribution?.[name];
      if (typeof part !== 'number') return [];
      const ms = Math.min(part, left);
      left -= ms;
      return [[name, ms] as const];
    }),
  );
}

function elementOf(visits: readonly Visit[]): string | undefined {
  return mostFrequent(
    visits.flatMap(({ vital: { attribution } }) => {
      const target = attribution?.['target'] ?? attribution?.['interactionTarget'];
      return typeof target === 'string' ? [target.split('>').slice(-2).join(' > ')] : [];
    }),
  );
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counted = [...groupBy(values, (value) => value)].sort(([, one], [, other]) => other.length - one.length);
  return counted[0]?.[0];
}
