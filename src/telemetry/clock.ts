/**
 * How two clocks differ, from events whose order is certain. Pure. The offset is the page's clock minus the other's,
 * in milliseconds; it lies between the greatest lower and the least upper bound that were seen (a minimum filter).
 */
import type { ClockEvent } from './events.ts';

export class ClockBounds {
  private low = -Infinity;
  private high = Infinity;
  private seen = 0;

  /** The page said `pageAt` at some time between `before` and `after` of the other clock. */
  between(pageAt: number, before: number, after: number): void {
    this.pageBefore(pageAt, after);
    this.pageAfter(pageAt, before);
  }

  /** What the page stamped `pageAt` happened before what the other stamped `otherAt`. */
  pageBefore(pageAt: number, otherAt: number): void {
    this.low = Math.max(this.low, pageAt - otherAt);
    this.seen += 1;
  }

  /** What the page stamped `pageAt` happened after what the other stamped `otherAt`. */
  pageAfter(pageAt: number, otherAt: number): void {
    this.high = Math.min(this.high, pageAt - otherAt);
    this.seen += 1;
  }

  /** What is known: a bound that nothing told of is left out. */
  event(other: ClockEvent['other']): ClockEvent {
    return {
      type: 'clock',
      other,
      samples: this.seen,
      ...(Number.isFinite(this.low) ? { offsetMinMs: this.low } : {}),
      ...(Number.isFinite(this.high) ? { offsetMaxMs: this.high } : {}),
    };
  }
}
