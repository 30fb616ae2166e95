/** How late the page's timers come: the sign that the machine cannot carry its pages. Runs in the page: it stands alone. */
import type { House } from './house.ts';

/** Ten samples a second, each counted from the one before it; one stamp for each second in which there was one. */
export function watchDrift(house: House): void {
  const everyMs = 100;
  const lateMs = 50;
  const later = window.setTimeout.bind(window);
  let second = Math.floor(house.now() / 1000);
  let samples = 0;
  let over = 0;
  let maxMs = 0;
  let due = house.now() + everyMs;

  const close = (): void => {
    if (samples > 0) house.stamp({ type: 'drift', from: second * 1000, to: (second + 1) * 1000, samples, over, maxMs });
    samples = over = maxMs = 0;
  };
  const tick = (): void => {
    const at = house.now();
    const late = Math.max(0, at - due);
    if (Math.floor(at / 1000) !== second) {
      close();
      second = Math.floor(at / 1000);
    }
    samples += 1;
    if (late > lateMs) over += 1;
    if (late > maxMs) maxMs = late;
    due = at + everyMs;
    later(tick, everyMs);
  };
  later(tick, everyMs);
  addEventListener('pagehide', close, true);
  // A document that comes back from the cache was not late, it was away.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) due = house.now() + everyMs;
  });
}
