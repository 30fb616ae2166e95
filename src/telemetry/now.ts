/** Milliseconds since 1970, with fractions and without the jumps of a clock that is being set. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
