/** Hazards that are a matter of luck: how often to try, who waits how long in each try, and what a clean row of tries proves. Pure. */
import { drawsFor } from './random.ts';

/** At what rate a hazard, where it exists, shows in one try, and how sure one wants to be to have seen it. Shares of 1. */
export interface Luck {
  readonly rate: number;
  readonly confidence: number;
}

/** The fewest tries of which, at that rate, at least one shows the hazard with that confidence. @throws RangeError */
export function triesFor({ rate, confidence }: Luck): number {
  if (!(rate > 0 && rate <= 1)) throw new RangeError(`The rate ${rate} is no share above 0.`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`The confidence ${confidence} is no share below 1.`);
  return rate === 1 ? 1 : Math.ceil(Math.log(1 - confidence) / Math.log(1 - rate));
}

/**
 * How often the hazard may still show, at most, with 95 % confidence, when it never did in so many tries: the rule of three
 * (Hanley and Lippman-Hand, JAMA 1983) in its exact form. A share of 1; 1 without a try.
 */
export function boundAfter(cleanTries: number): number {
  return cleanTries === 0 ? 1 : 1 - 0.05 ** (1 / cleanTries);
}

/**
 * Milliseconds that each of several analysts waits after the start signal, in their order. In the first try nobody waits;
 * afterwards one of them goes at once and the others wait up to `spreadMs`, as the seed says.
 */
export function waitsFor(
  { seed, label, attempt }: { readonly seed: number; readonly label: string; readonly attempt: number },
  analysts: number,
  spreadMs: number,
): number[] {
  const draw = drawsFor(seed, `waits ${label} ${attempt}`);
  const first = Math.floor(draw() * analysts);
  return Array.from({ length: analysts }, (_, place) => {
    const wait = Math.round(draw() * spreadMs);
    return attempt === 1 || place === first ? 0 : wait;
  });
}
