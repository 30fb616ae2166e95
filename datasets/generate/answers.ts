/** How a respondent answers each kind of question: seeded tendencies per question, then a draw per respondent. */
import type { SavValue } from '../sav/index.ts';
import { device, sentences, source } from './open-text.ts';
import { leaningCount, type Person } from './population.ts';
import type { Random } from './random.ts';
import type {
  GridQuestion,
  MentionsQuestion,
  MultiQuestion,
  NumericQuestion,
  Option,
  Question,
  ScaleQuestion,
  SingleQuestion,
  Survey,
  TextQuestion,
} from './survey.ts';

/** Values for the question's variables, in their order. */
export type Answer = (person: Person, random: Random) => SavValue[];

/** 2026-09-01 08:00 in seconds since 14 October 1582, the epoch of SPSS dates. */
const fieldworkStart = Date.UTC(2026, 8, 1, 8) / 1000 + 12_219_379_200;

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

function tendencies(random: Random, strength: number): number[] {
  return Array.from({ length: leaningCount }, () => random.normal() * strength);
}

/** A user-missing code, or undefined: the respondent answers. */
function refusal(missing: readonly Option[] | undefined, random: Random): number | undefined {
  for (const { code, share = 0 } of missing ?? []) if (random.float() < share) return code;
  return undefined;
}

function single(question: SingleQuestion, seed: Random): Answer {
  const { options, trait } = question;
  if (trait) {
    return (person, random) => [refusal(question.missing, random) ?? options[person[trait]]?.code ?? null];
  }
  const pull = options.map((_, i) => {
    const ends = options.length > 1 ? (2 * i) / (options.length - 1) - 1 : 0;
    return tendencies(seed, 0.35).map((value) => (question.ordinal ? value * 0.3 + ends * 0.35 : value));
  });
  return (person, random) => {
    const refused = refusal(question.missing, random);
    if (refused !== undefined) return [refused];
    const chances = options.map((option, i) => (option.share ?? 1) * Math.exp(dot(pull[i] ?? [], person.leanings)));
    return [options[random.weighted(chances)]?.code ?? null];
  };
}

/** A point of a scale from 0 to `points − 1`: affinity lifts it, age, gender and wealth tilt it. */
function rating(points: number, seed: Random): (person: Person, random: Random) => number {
  const tilt = tendencies(seed, 0.18);
  const lift = 0.58 + seed.normal() * 0.09;
  return (person, random) => {
    const affinity = (person.leanings[3] ?? 0) * 0.3 + dot(tilt, person.leanings);
    const place = lift * (points - 1) + (affinity + random.normal() * 0.75) * (points / 4.5);
    return Math.min(points - 1, Math.max(0, Math.round(place)));
  };
}

function scale(question: ScaleQuestion, seed: Random): Answer {
  const rate = rating(question.points.length, seed);
  return (person, random) => [refusal(question.missing, random) ?? rate(person, random) + question.first];
}

function grid(question: GridQuestion, seed: Random): Answer {
  const rates = question.items.map(() => rating(question.points.length, seed));
  return (person, random) => {
    // Who rates one statement high rates its neighbours high: a shared mood per grid.
    const mood = {
      ...person,
      leanings: person.leanings.map((lean, i) => (i === 3 ? lean + random.normal() * 0.5 : lean)),
    };
    return rates.map((rate) => refusal(question.missing, random) ?? rate(mood, random) + 1);
  };
}

function multi(question: MultiQuestion, seed: Random): Answer {
  const base = question.items.map((_, i) => 0.9 - i * 0.32 + seed.normal() * 0.3);
  const pull = question.items.map(() => tendencies(seed, 0.3));
  return (person, random) => {
    const ticked = question.items.map((_, i) => {
      const logit = (base[i] ?? 0) + dot(pull[i] ?? [], person.leanings);
      return random.float() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    });
    return [...ticked, ticked.includes(1) ? 0 : 1];
  };
}

function mentions(question: MentionsQuestion, seed: Random): Answer {
  const pull = question.options.map(() => tendencies(seed, 0.3));
  return (person, random) => {
    const chances = question.options.map(
      (option, i) => (option.share ?? 1) * Math.exp(dot(pull[i] ?? [], person.leanings)),
    );
    const count = random.int(1, question.upTo);
    return Array.from({ length: question.upTo }, (_, place) => {
      if (place >= count) return null;
      const chosen = random.weighted(chances);
      chances[chosen] = 0;
      return question.options[chosen]?.code ?? null;
    });
  };
}

function numeric(question: NumericQuestion): Answer {
  const { source: from, decimals } = question;
  const rounded = (value: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
  if (from === 'id') return (person) => [10_001 + person.index];
  if (from === 'age') return (person) => [person.age];
  if (from === 'weight') return (person) => [person.weight];
  if (from === 'started') return (person, random) => [fieldworkStart + person.index * 97 + random.int(0, 96)];
  if (from === 'minutes') return (_, random) => [rounded(6 + Math.abs(random.normal()) * 6 + random.float() * 4)];
  return (person, random) => {
    const value = from.mean + from.sd * (random.normal() * 0.8 + (person.leanings[2] ?? 0) * 0.45);
    return [refusal(question.missing, random) ?? rounded(Math.min(from.high, Math.max(from.low, value)))];
  };
}

function text(question: TextQuestion, survey: Survey): Answer {
  return (person, random) => {
    if (random.float() >= question.answered) return [''];
    if (question.content === 'source') return [source(random, survey.language)];
    if (question.content === 'device') return [device(random)];
    return [
      sentences(
        random,
        survey.language,
        survey.things,
        (person.leanings[3] ?? 0) + random.normal() * 0.7,
        question.width,
      ),
    ];
  };
}

/** The answering behaviour of one question; tendencies come from a stream named after it. */
export function answerer(question: Question, survey: Survey, random: Random): Answer {
  const seed = random.fork(question.name);
  switch (question.kind) {
    case 'single':
      return single(question, seed);
    case 'scale':
      return scale(question, seed);
    case 'grid':
      return grid(question, seed);
    case 'multi':
      return multi(question, seed);
    case 'mentions':
      return mentions(question, seed);
    case 'numeric':
      return numeric(question);
    case 'text':
      return text(question, survey);
  }
}
