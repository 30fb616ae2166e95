/** How late the page's timers come: the sign that the machine cannot carry its pages. Runs in the page: it stands alone. */
import type { House } from './house.ts';
import type { OwnWork } from './long-frames.ts';

/**
 * Five samples a second, each counted from the one before it; one stamp for each second in which there was one. A timer
 * that waited for the page's own work was late by the page's doing: that much is taken off its lateness.
 */
export function watchDrift(house: House, ownWork: OwnWork): void {
  const everyMs = 200;
  const lateMs = 50;
  const later = window.setTimeout.bind(window);
  interface Second {
    readonly from: number;
    samples: number;
    readonly waits: { readonly due: number; readonly at: number }[];
  }
  /** The second under way, and the one before it, whose long frames may not all have been told of yet. */
  const seconds: Second[] = [];
  let due = house.now() + everyMs;

  const tell = ({ from, samples, waits }: Second): void => {
    let over = 0;
    let own = 0;
    let maxMs = 0;
    for (const wait of waits) {
      const lateness = wait.at - wait.due;
      const rest = lateness > lateMs ? Math.max(0, lateness - ownWork(wait.due, wait.at)) : lateness;
      if (rest > lateMs) over += 1;
      else if (lateness > lateMs) own += 1;
      if (rest > maxMs) maxMs = rest;
    }
    house.stamp({ type: 'drift', from, to: from + 1000, samples, over, own, maxMs });
  };
  const tick = (): void => {
    const at = house.now();
    const from = Math.floor(at / 1000) * 1000;
    if (seconds.at(-1)?.from !== from) {
      seconds.push({ from, samples: 0, waits: [] });
      for (const past of seconds.splice(0, seconds.length - 2)) tell(past);
    }
    const second = seconds.at(-1);
    if (second) {
      second.samples += 1;
      if (at > due) second.waits.push({ due, at });
    }
    due = at + everyMs;
    later(tick, everyMs);
  };
  later(tick, everyMs);
  house.beforeDrain((last) => {
    if (last) for (const second of seconds.splice(0)) tell(second);
  });
  // A document that comes back from the cache was not late, it was away.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) due = house.now() + everyMs;
  });
}
