/** What a data file's names and labels say, prepared for matching words against them. */
import { isUserMissing, type SavDictionary, type SavVariable } from '../../datasets/sav/index.ts';

/** One answer that a banner column may mean: `expression` selects the respondents who gave it. */
export interface Answer {
  readonly variable: SavVariable;
  readonly expression: string;
  /** How the answer reads, for people: `S4 “How often do you visit?” = Weekly or more`. */
  readonly description: string;
  readonly answerWords: ReadonlySet<string>;
  readonly questionWords: ReadonlySet<string>;
}

const emptyWords = new Set(
  'a all am an and any are as at be by did do does for from had has have how i if in is it its me my of on or our out people person see such than that the their them then they this to was we were what when which who will with you your'.split(
    ' ',
  ),
);

/** Words that carry meaning, lower case, reduced to a crude stem so that `users` meets `used`. */
export function words(text: string): string[] {
  const found =
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return found.filter((word) => !emptyWords.has(word)).map(stem);
}

function stem(word: string): string {
  if (word.length <= 3) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  const ending = /(?:ing|ers|er|ed|es|e|(?<!s)s)$/.exec(word)?.[0] ?? '';
  return word.length - ending.length >= 2 ? word.slice(0, word.length - ending.length) : word;
}

/** Value labels that are not user-missing: the answers a table shows. */
export function answerLabels(variable: SavVariable): { value: number | string; label: string }[] {
  return (variable.valueLabels ?? []).filter(({ value }) => !isUserMissing(variable, value));
}

export class Lexicon {
  readonly answers: readonly Answer[];
  private readonly weights = new Map<string, number>();
  private readonly byName = new Map<string, SavVariable>();

  constructor(readonly dictionary: SavDictionary) {
    for (const variable of dictionary.variables) this.byName.set(variable.name.toUpperCase(), variable);
    const counted = new Map<string, string>();
    for (const set of dictionary.multipleResponseSets ?? []) {
      if (set.kind !== 'dichotomies') continue;
      for (const name of set.variables) counted.set(name.toUpperCase(), set.countedValue ?? '1');
    }
    this.answers = dictionary.variables.flatMap((variable) =>
      answersOf(variable, counted.get(variable.name.toUpperCase())),
    );
    this.weighWords();
  }

  find(name: string): SavVariable | undefined {
    return this.byName.get(name.toUpperCase());
  }

  /** How much a word tells: rare words tell more (inverse document frequency over answers); one that occurs nowhere tells little. */
  weight(word: string): number {
    return this.weights.get(word) ?? Math.log(1 + this.answers.length) / 2;
  }

  private weighWords(): void {
    const frequency = new Map<string, number>();
    for (const answer of this.answers) {
      for (const word of new Set([...answer.answerWords, ...answer.questionWords]))
        frequency.set(word, (frequency.get(word) ?? 0) + 1);
    }
    for (const [word, count] of frequency) this.weights.set(word, Math.log(1 + this.answers.length / count));
  }
}

function answersOf(variable: SavVariable, countedValue: string | undefined): Answer[] {
  const question = variable.label ?? variable.name;
  const questionWords = new Set(words(question));
  if (countedValue !== undefined) {
    return [
      {
        variable,
        expression: `${variable.name}=${countedValue}`,
        description: `${variable.name} “${question}” selected`,
        answerWords: questionWords,
        questionWords,
      },
    ];
  }
  const labels = answerLabels(variable);
  if (labels.length < 2 || labels.length > 30) return [];
  return labels.map(({ value, label }) => ({
    variable,
    expression: `${variable.name}=${typeof value === 'number' ? value : `"${value}"`}`,
    description: `${variable.name} “${question}” = ${label}`,
    answerWords: new Set(words(label)),
    questionWords,
  }));
}
