/** Searching among ordered numbers. */

/** How many of them, smallest first, are at most `limit`. */
export function countUpTo(ordered: ArrayLike<number>, limit: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
