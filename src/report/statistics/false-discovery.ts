/** How much of what was found among many questions is chance. */

/**
 * For each p-value the smallest false discovery rate at which its question counts as answered (Benjamini and Hochberg,
 * Controlling the False Discovery Rate, 1995): p × questions / rank, and never more than that of a larger p.
 * @param ps From 0 to 1, one a question. @returns Rates from 0 to 1, in the same order.
 */
export function falseDiscoveryRates(ps: readonly number[]): number[] {
  const largestFirst = ps.map((p, at) => ({ p, at })).sort((one, other) => other.p - one.p);
  const rates: number[] = [];
  let least = 1;
  largestFirst.forEach(({ p, at }, place) => {
    least = Math.min(least, (p * ps.length) / (ps.length - place));
    rates[at] = least;
  });
  return rates;
}
