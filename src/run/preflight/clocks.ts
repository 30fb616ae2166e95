/** How far this machine's clock is from the product's, in words. Pure. */
import type { ClockBounds } from '../../telemetry/clock.ts';

/** This machine's clock minus the other's, in milliseconds; a bound that nobody knows is infinite. */
export interface ClockOffset {
  readonly minMs: number;
  readonly maxMs: number;
}

/** Tokens and signatures commonly bear a minute; a clock that is further off is not being set. */
export const worstOffsetMs = 60_000;

export function offsetOf(bounds: ClockBounds): ClockOffset {
  const { offsetMinMs = -Infinity, offsetMaxMs = Infinity } = bounds.event('product');
  return { minMs: offsetMinMs, maxMs: offsetMaxMs };
}

/** A sentence when the clocks are certainly further apart than is borne; undefined otherwise. */
export function refuseOffset(whose: string, offset: ClockOffset): string | undefined {
  if (offset.minMs <= worstOffsetMs && offset.maxMs >= -worstOffsetMs) return undefined;
  return `This machine's clock is ${inWords(offset)} ${whose}, and more than ${worstOffsetMs / 1000} s are not borne, for sessions and times of changes hang on it: let both be set by a time server.`;
}

/** Such as `3.2 s ahead of`, `within 40 ms of`. */
export function inWords({ minMs, maxMs }: ClockOffset): string {
  if (minMs > 0) return `${span(Number.isFinite(maxMs) ? (minMs + maxMs) / 2 : minMs)} ahead of`;
  if (maxMs < 0) return `${span(-(Number.isFinite(minMs) ? (minMs + maxMs) / 2 : maxMs))} behind`;
  if (Number.isFinite(minMs) && Number.isFinite(maxMs)) return `within ${span(Math.max(-minMs, maxMs))} of`;
  return 'not known to differ from';
}

function span(ms: number): string {
  return ms < 1000 ? `${Math.ceil(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
