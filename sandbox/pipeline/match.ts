/** Finds the answers and variables that a piece of text most likely means. Pure: the same text always finds the same. */
import type { SavVariable } from '../../datasets/sav/index.ts';
import { words, type Answer, type Lexicon } from './lexicon.ts';

export interface Match {
  readonly answer: Answer;
  /** 0–1. */
  readonly score: number;
}

/** Text and how much it counts. */
export type Clue = readonly [text: string, weight: number];

const leastScore = 0.14;

/** The best answers for the clues, best first; ties in the file's order. */
export function matchAnswers(clues: readonly Clue[], lexicon: Lexicon, limit: number): Match[] {
  const query = new Map<string, number>();
  for (const [text, weight] of clues) {
    for (const word of words(text)) query.set(word, Math.max(query.get(word) ?? 0, weight));
  }
  let whole = 0;
  for (const [word, weight] of query) whole += weight * lexicon.weight(word);
  if (whole === 0) return [];
  const matches: Match[] = [];
  for (const answer of lexicon.answers) {
    let found = 0;
    let shared = 0;
    for (const [word, weight] of query) {
      if (answer.answerWords.has(word)) {
        found += weight * lexicon.weight(word);
        shared++;
      } else if (answer.questionWords.has(word)) found += 0.5 * weight * lexicon.weight(word);
    }
    if (found === 0) continue;
    // An answer whose label holds much else besides is a weaker match.
    const covered = answer.answerWords.size === 0 ? 0 : shared / answer.answerWords.size;
    const score = (found / whole) * (0.6 + 0.4 * covered);
    if (score >= leastScore) matches.push({ answer, score });
  }
  return matches.sort((a, b) => b.score - a.score).slice(0, limit);
}

const leastLikeness = 0.42;

/**
 * Variables whose name looks like `name`, best first, with a likeness of 0–1. `hint` speaks for variables whose labels say
 * it, and `fits` for those it accepts. Empty when not even the best is alike enough; else the others are at least half as good.
 */
export function similarVariables(
  name: string,
  hint: string,
  fits: (variable: SavVariable) => boolean,
  lexicon: Lexicon,
  limit: number,
): { variable: SavVariable; likeness: number }[] {
  const wanted = name.toUpperCase();
  const hintWords = new Set(words(hint));
  const ranked = lexicon.dictionary.variables
    .map((variable) => {
      const label = new Set(
        words([variable.label ?? '', ...(variable.valueLabels ?? []).map((entry) => entry.label)].join(' ')),
      );
      let shared = 0;
      for (const word of hintWords) if (label.has(word)) shared++;
      const byLabel = hintWords.size === 0 ? 0 : shared / hintWords.size;
      return {
        variable,
        likeness:
          0.65 * nameLikeness(wanted, variable.name.toUpperCase()) + 0.2 * byLabel + (fits(variable) ? 0.15 : 0),
      };
    })
    .sort((a, b) => b.likeness - a.likeness);
  const best = ranked[0]?.likeness ?? 0;
  return best < leastLikeness
    ? []
    : ranked
        .filter(({ variable, likeness }, index) => index === 0 || (likeness >= best * 0.55 && fits(variable)))
        .slice(0, limit);
}

function nameLikeness(a: string, b: string): number {
  const [left, right] = [a.replaceAll(/[_.]/g, ''), b.replaceAll(/[_.]/g, '')];
  const longest = Math.max(left.length, right.length);
  return longest === 0 ? 0 : 1 - editDistance(left, right) / longest;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
