/** How long somebody looked at the live monitor: their browser was load. */
import type { MusterEvent } from '../telemetry/events.ts';
import type { Summary } from './summary.ts';

/** Nothing where nobody did. Who never stopped looked to the end. */
export function watchedSeconds(
  events: readonly MusterEvent[],
  endedAt: Date,
): Pick<Summary['generator'], 'watchedSeconds'> {
  let since: number | undefined;
  let ms = 0;
  const looks = events.flatMap((event) => (event.type === 'watcher' ? [event] : []));
  for (const { looking, at } of looks.sort((one, other) => one.at - other.at)) {
    if (looking) since ??= at;
    else if (since !== undefined) {
      ms += at - since;
      since = undefined;
    }
  }
  if (since !== undefined) ms += Math.max(0, endedAt.getTime() - since);
  return ms === 0 ? {} : { watchedSeconds: Math.round(ms / 1000) };
}
