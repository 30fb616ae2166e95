/** Where the time between a change of a card and its sight goes: to the product, the way, or the page. Pure. */
import type { MusterEvent } from '../telemetry/events.ts';
import { Distribution } from './statistics/distribution.ts';

type Card = Extract<MusterEvent, { type: 'card' }>;

/** In their order in time. */
export const CARD_PARTS = ['committed → sent', 'sent → arrived', 'arrived → painted', 'committed → painted'] as const;

export interface CardPart {
  readonly part: (typeof CARD_PARTS)[number];
  /** The analyst's own card, or one of a colleague's. */
  readonly card: 'own' | 'colleague';
  readonly samples: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
}

/** The parts of all changes of which all four times are known. */
export class CardParts {
  readonly #kept = new Map<string, Distribution>();

  /**
   * Adds all events of one analyst. `offsetMs` says how far the clock of their pages is ahead of the product's, undefined
   * where that is not known; `isExcluded`, what was taken while the generator was past a guard.
   */
  add(
    events: readonly MusterEvent[],
    offsetMs: number | undefined,
    isExcluded: (sample: { span: { from: number; to: number } }) => boolean,
  ): void {
    if (offsetMs === undefined) return;
    for (const event of events) {
      const times = event.type === 'card' ? timesOf(event, offsetMs) : undefined;
      if (event.type !== 'card' || times === undefined || isExcluded({ span: { from: times[0], to: times[3] } }))
        continue;
      const [committed, sent, arrived, painted] = times;
      const values = [sent - committed, arrived - sent, painted - arrived, painted - committed];
      for (const [place, part] of CARD_PARTS.entries()) {
        const key = `${event.own ? 'own' : 'colleague'} ${part}`;
        const distribution = this.#kept.get(key) ?? new Distribution();
        this.#kept.set(key, distribution);
        distribution.add(values[place] ?? 0);
      }
    }
  }

  parts(): CardPart[] {
    return (['own', 'colleague'] as const).flatMap((card) =>
      CARD_PARTS.flatMap((part) => {
        const distribution = this.#kept.get(`${card} ${part}`);
        const [p50 = null, p95 = null] = distribution?.percentiles([50, 95]) ?? [];
        if (distribution === undefined || p50 === null || p95 === null) return [];
        return [{ part, card, samples: distribution.count, p50, p95 }];
      }),
    );
  }
}

function timesOf(card: Card, offsetMs: number): [number, number, number, number] | undefined {
  const { committedAt, sentAt, arrivedAt, paintedAt } = card;
  if (committedAt === undefined || sentAt === undefined || arrivedAt === undefined || paintedAt === undefined)
    return undefined;
  return [committedAt + offsetMs, sentAt + offsetMs, arrivedAt, paintedAt];
}
