/** Respondents' answers to a survey, one case at a time, so that a file of any size needs no memory. */
import type { SavCase, SavValue } from '../sav/index.ts';
import { answerer } from './answers.ts';
import { questionsOf, variablesOf } from './dictionary.ts';
import { people } from './population.ts';
import { Random } from './random.ts';
import type { Survey } from './survey.ts';

/**
 * `count` cases in the order of `dictionaryOf(survey).variables`. Not asked is `null` (system-missing) or an empty string.
 * A longer run of the same seed begins with the same cases.
 */
export function* cases(survey: Survey, seed: number, count: number): Generator<SavCase> {
  const random = new Random(seed);
  const tendencies = random.fork('tendencies');
  const places = new Map<string, number>();
  let width = 0;
  const steps = questionsOf(survey).map((question) => {
    const variables = variablesOf(question);
    const start = width;
    for (const variable of variables) places.set(variable.name, width++);
    const condition = question.askIf;
    const gate = condition ? places.get(condition.variable) : undefined;
    if (condition && gate === undefined)
      throw new Error(`${question.name} is asked depending on ${condition.variable}, which does not come before it.`);
    return { start, variables, condition, gate, answer: answerer(question, survey, tendencies) };
  });
  const draws = random.fork('answers');
  const population = people(random.fork('people'), survey.regions.length);
  for (let i = 0; i < count; i++) {
    const person = population.next().value;
    const row = new Array<SavValue>(width).fill(null);
    for (const { start, variables, condition, gate, answer } of steps) {
      const asked = condition === undefined || gate === undefined || condition.values.includes(row[gate] as number); // the codes of a numeric variable
      const values = asked ? answer(person, draws) : [];
      variables.forEach((variable, k) => {
        row[start + k] = values[k] ?? (variable.width > 0 ? '' : null);
      });
    }
    yield row;
  }
}
