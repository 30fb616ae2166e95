/** Significance of differences between column percentages, and column letters. */

/** `A` for 0, `B` for 1, … `Z`, `AA`, `AB`, … */
export function columnLetter(index: number): string {
  let letters = '';
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

/**
 * The z statistic of two independent proportions (0–1) with a pooled variance, on effective bases.
 * 0 when it is undefined: an empty base, or no variance at all.
 * Source: any survey statistics text, e.g. Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 2.4.
 */
export function twoProportionZ(p1: number, base1: number, p2: number, base2: number): number {
  if (base1 <= 0 || base2 <= 0) return 0;
  const pooled = (p1 * base1 + p2 * base2) / (base1 + base2);
  const variance = pooled * (1 - pooled) * (1 / base1 + 1 / base2);
  return variance <= 0 ? 0 : (p1 - p2) / Math.sqrt(variance);
}

/** Kish's effective base: (Σw)² / Σw². Equals the number of cases when all weights are equal. */
export function effectiveBase(sumOfWeights: number, sumOfSquares: number): number {
  return sumOfSquares > 0 ? (sumOfWeights * sumOfWeights) / sumOfSquares : 0;
}

/** The |z| that a two-sided test at `level` per cent (50–99) must exceed: 1.645 at 90, 1.960 at 95. */
export function criticalZ(level: number): number {
  return normalQuantile(0.5 + level / 200);
}

/** Inverse of the standard normal distribution function for 0.5 ≤ p < 1, by bisection on `normalUpperTail`; exact to 1e-9. */
function normalQuantile(p: number): number {
  let low = 0;
  let high = 10;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (1 - normalUpperTail(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(Z > z) for z ≥ 0: a power series near zero, a continued fraction further out (Abramowitz & Stegun 26.2.11, 26.2.14). */
function normalUpperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let k = 1; k < 100; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 60; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}
