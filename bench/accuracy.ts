/** What the harness recorded against what the pages' own witnesses saw: errors, and how large they are. Pure. */
import { z } from 'zod';
import { median, percentile, sorted } from '../src/report/statistics/statistics.ts';
import type { EventBody } from '../src/telemetry/events.ts';
import type { Witness } from './accuracy-page.ts';
import type { Publication } from './published.ts';

export interface Visit {
  /** What the button's handler takes. */
  readonly busyMs: number;
  readonly witness: Witness;
}

const errorSchema = z.object({
  /** Recorded less witnessed, in milliseconds. */
  errors: z.array(z.number()),
  /** How many were witnessed. */
  expected: z.int(),
});

/** `arrival`: of frames that came while the page's main thread had nothing else to do. */
export const errorsSchema = z.object({ paint: errorSchema, inp: errorSchema, arrival: errorSchema });
export type Errors = z.infer<typeof errorsSchema>;

/** How long a page's own drawing after a frame may be under way: frames that come meanwhile have to wait. */
const pressMarginMs = 50;

type Of<T extends EventBody['type']> = Extract<EventBody, { type: T }>;

/** @throws RangeError when the harness recorded other pages than were visited. */
export function errorsOf(analysts: readonly { events: readonly EventBody[]; visits: readonly Visit[] }[]): Errors {
  const all: Errors = {
    paint: { errors: [], expected: 0 },
    inp: { errors: [], expected: 0 },
    arrival: { errors: [], expected: 0 },
  };
  for (const { events, visits } of analysts) {
    addCards(all, events, visits);
    addInp(all, events, visits);
  }
  return all;
}

function addCards({ paint, arrival }: Errors, events: readonly EventBody[], visits: readonly Visit[]): void {
  const cards = new Map(
    events.flatMap((event) =>
      event.type === 'card' && event.sentAt !== undefined ? [[event.sentAt, event] as const] : [],
    ),
  );
  const presses = visits.flatMap(({ witness }) => witness.presses);
  for (const { sentAt, paintedAt } of visits.flatMap(({ witness }) => witness.paints)) {
    const card = cards.get(sentAt);
    paint.expected += 1;
    if (card?.paintedAt !== undefined) paint.errors.push(rounded(card.paintedAt - paintedAt));
    const busy = presses.some(
      ({ inputAt, paintedAt }) => sentAt >= inputAt - pressMarginMs && sentAt <= paintedAt + pressMarginMs,
    );
    if (busy) continue;
    arrival.expected += 1;
    if (card?.arrivedAt !== undefined) arrival.errors.push(rounded(card.arrivedAt - sentAt));
  }
}

/** INP of a visit against its one press: from the input to the paint of the answer. */
function addInp({ inp }: Errors, events: readonly EventBody[], visits: readonly Visit[]): void {
  const hard = events.filter(
    (event): event is Of<'navigation'> => event.type === 'navigation' && event.kind === 'hard',
  );
  if (hard.length !== visits.length)
    throw new RangeError(`${visits.length} pages were visited and ${hard.length} recorded: nothing can be compared.`);
  for (const [place, { witness }] of visits.entries()) {
    const recorded = events.findLast(
      (event) => event.type === 'vital' && event.name === 'INP' && event.navigationId === hard[place]?.navigationId,
    );
    for (const { inputAt, paintedAt } of witness.presses) {
      inp.expected += 1;
      if (recorded?.type === 'vital') inp.errors.push(rounded(recorded.value - (paintedAt - inputAt)));
    }
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

export interface Row {
  readonly analysts: number;
  readonly figure: keyof Errors;
  readonly count: number;
  readonly expected: number;
  /** Of the signed errors: what remains is a bias. */
  readonly median: number;
  /** Of the errors' sizes. */
  readonly medianSize: number;
  readonly p95Size: number;
  readonly held: boolean;
}

/** What the figures are meant to keep to at the 95th percentile, in milliseconds: a frame at 60 Hz, two steps of Event Timing, and no time at all. */
export const aims: Readonly<Record<keyof Errors, number>> = { paint: 16.7, inp: 16, arrival: 2 };
const names: Readonly<Record<keyof Errors, string>> = {
  paint: 'card painted',
  inp: 'INP',
  arrival: 'frame arrived, main thread free',
};

/** A row for each level and figure of which there is something. */
export function accuracyRows(rounds: readonly { readonly analysts: number; readonly errors: Errors }[]): Row[] {
  const levels = [...new Set(rounds.map(({ analysts }) => analysts))].sort((a, b) => a - b);
  const figures = Object.keys(aims) as (keyof Errors)[];
  return figures.flatMap((figure) =>
    levels.flatMap((analysts) => {
      const mine = rounds.filter((round) => round.analysts === analysts).map(({ errors }) => errors[figure]);
      const errors = mine.flatMap((round) => round.errors);
      if (errors.length === 0) return [];
      const sizes = sorted(errors.map(Math.abs));
      const p95Size = percentile(sizes, 95);
      const expected = mine.reduce((sum, round) => sum + round.expected, 0);
      return [
        {
          analysts,
          figure,
          count: errors.length,
          expected,
          median: median(errors),
          medianSize: percentile(sizes, 50),
          p95Size,
          held: p95Size <= aims[figure] && errors.length === expected,
        },
      ];
    }),
  );
}

export function accuracyPublication(
  rows: readonly Row[],
  about: Pick<Publication, 'measuredAt' | 'host' | 'command'>,
): Publication {
  return {
    bench: 'accuracy',
    ...about,
    columns: [
      { key: 'figure', title: 'figure' },
      { key: 'analysts', title: 'analysts' },
      { key: 'count', title: 'recorded of witnessed' },
      { key: 'median', title: 'median error', unit: 'ms', digits: 1 },
      { key: 'medianSize', title: 'median size of error', unit: 'ms', digits: 1 },
      { key: 'p95Size', title: '95 % are within', unit: 'ms', digits: 1 },
      { key: 'aim', title: 'aim', unit: 'ms', digits: 1 },
    ],
    rows: rows.map(({ figure, count, expected, analysts, median, medianSize, p95Size }) => ({
      figure: names[figure],
      analysts,
      count: `${count} of ${expected}`,
      median,
      medianSize,
      p95Size,
      aim: aims[figure],
    })),
  };
}
