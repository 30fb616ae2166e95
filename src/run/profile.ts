/** What each analyst of a run does, drawn from the seed: pure, so that a run can be repeated. */
import { drawsFor, pickOne, shuffled, type Draw } from './random.ts';

export const themes = ['Classic', 'Coastal', 'Blush', 'Tropical', 'Bold', 'Earth'] as const;
export type ThemeName = (typeof themes)[number];
export type DisplayMode = 'Percentages' | 'Counts' | 'Both';

/** How an analyst configures its project. */
export interface Choices {
  readonly theme: ThemeName;
  readonly displayMode: DisplayMode;
  /** Only with Both. */
  readonly separateWorkbooks: boolean;
  /** Percent, 50–99. */
  readonly significance: number;
  readonly minimumBase: number;
  /** Only asked where the product detects a weight. */
  readonly useWeight: boolean;
}

export type Decision = 'accept' | 'alternative' | 'hint' | 'skip';

/** One analyst's choices. */
export function choicesFor(seed: number, analyst: string): Choices {
  const draw = drawsFor(seed, `choices ${analyst}`);
  const displayMode = pickOne<DisplayMode>(draw, ['Percentages', 'Percentages', 'Counts', 'Both', 'Both']);
  return {
    theme: pickOne(draw, themes),
    displayMode,
    separateWorkbooks: displayMode === 'Both' && draw() < 0.5,
    significance: pickOne(draw, [80, 90, 90, 95, 99]),
    minimumBase: pickOne(draw, [0, 0, 30, 50]),
    useWeight: draw() < 0.6,
  };
}

/**
 * Makes a function that says how long an analyst pauses before its next interaction, in milliseconds: evenly drawn between
 * half of the mean and one and a half of it.
 */
export function thinkTimes(seed: number, analyst: string, meanS: number): () => number {
  const draw = drawsFor(seed, `think times ${analyst}`);
  return () => meanS * 1000 * (0.5 + draw());
}

/**
 * How long after the start line has opened each of the analysts sets out, in milliseconds: evenly over the ramp, in a drawn
 * order, so that neighbours of one worker do not follow each other.
 */
export function setOutDelays(seed: number, analysts: number, rampS: number): number[] {
  const places = shuffled(
    drawsFor(seed, 'ramp'),
    Array.from({ length: analysts }, (_, place) => place),
  );
  return places.map((place) => (place * rampS * 1000) / analysts);
}

/** Hands out the bundles so that each is used before any is used again, in a drawn order. */
export function shareOut<T>(seed: number, bundles: readonly T[], analysts: number): T[] {
  const draw = drawsFor(seed, 'bundles');
  const dealt: T[] = [];
  while (dealt.length < analysts) dealt.push(...shuffled(draw, bundles));
  return dealt.slice(0, analysts);
}

/**
 * Decisions for the flagged columns of one review, in their order. Every kind that is possible comes up before one repeats,
 * in a drawn order; `alternative` goes only to a column that has some.
 */
export function decisionsFor(
  seed: number,
  analyst: string,
  columns: readonly { readonly hasAlternatives: boolean }[],
): Decision[] {
  const draw = drawsFor(seed, `decisions ${analyst}`);
  let hand: Decision[] = [];
  return columns.map(({ hasAlternatives }) => {
    if (!hand.some((decision) => possible(decision, hasAlternatives))) hand = [...hand, ...freshHand(draw)];
    const at = hand.findIndex((decision) => possible(decision, hasAlternatives));
    const [decision] = hand.splice(at, 1);
    return decision ?? 'accept';
  });
}

function possible(decision: Decision, hasAlternatives: boolean): boolean {
  return hasAlternatives || decision !== 'alternative';
}

function freshHand(draw: Draw): Decision[] {
  return shuffled<Decision>(draw, ['accept', 'alternative', 'hint', 'skip']);
}
