/** From what the page saw of a request to the event. Pure. */
import type { HttpEvent } from './events.ts';
import type { RequestStamp } from './in-page/messages.ts';

export interface HttpNames {
  readonly routeName: (pathname: string) => string;
  /** From when on requests are measured; milliseconds since 1970, infinite before the start line. */
  readonly measuringFrom: () => number;
}

export function httpEvent(stamp: RequestStamp, { routeName, measuringFrom }: HttpNames): HttpEvent {
  const { url, retryAfter, type: _type, ...same } = stamp;
  const retryAfterS = retryAfter === undefined ? undefined : waitOf(retryAfter, stamp.endedAt);
  return {
    ...same,
    type: 'http',
    route: routeName(new URL(url).pathname),
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
    measured: stamp.startedAt >= measuringFrom(),
  };
}

/** Seconds that a Retry-After asks for: it is a number of them, or a date (RFC 9110, section 10.2.3). */
function waitOf(text: string, at: number): number | undefined {
  if (/^\d+$/.test(text.trim())) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - at) / 1000);
}
