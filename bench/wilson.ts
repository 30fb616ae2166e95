/** How sure a share is that was counted. */

/** The 97.5th percentile of the normal distribution. */
const z = 1.959964;

export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The share of `count` in `of` independent trials, with Wilson's 95 % interval (E. B. Wilson, Journal of the American
 * Statistical Association 22, 1927). @throws RangeError for no trials, or more counted than there were.
 */
export function wilson(count: number, of: number): Share {
  if (!(of > 0) || count < 0 || count > of) throw new RangeError(`${count} of ${of} is no share.`);
  const value = count / of;
  const middle = (value + z ** 2 / (2 * of)) / (1 + z ** 2 / of);
  const half = (z / (1 + z ** 2 / of)) * Math.sqrt((value * (1 - value)) / of + z ** 2 / (4 * of ** 2));
  return { value, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
