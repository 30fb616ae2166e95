/** Banner plans: the groups of a bundle, which of their columns are in doubt, and what the exact ones select. */
import { demographicNames, type QuestionnaireOptions } from './questionnaire.ts';
import type { PlanGroup, Topic } from './topic.ts';

/** One condition of an exact definition: a variable has one of some values, or lies in a closed range. */
export type Term =
  | { readonly variable: string; readonly values: readonly number[] }
  | { readonly variable: string; readonly low: number; readonly high: number };

const term = /^([A-Za-z][\w.]*)=(\d+-\d+|\d+(?:,\d+)*)$/;

/**
 * What an exact definition selects (all terms must hold), or undefined when the definition is in doubt: it names a
 * variable that the data does not have, or is no definition at all. In doubt is what the product flags for review.
 */
export function selection(definition: string, variables: ReadonlySet<string>): Term[] | undefined {
  const terms: Term[] = [];
  for (const part of definition.split(' AND ')) {
    const [, variable, wanted] = term.exec(part.trim()) ?? [];
    if (variable === undefined || wanted === undefined || !variables.has(variable)) return undefined;
    const [low, high] = wanted.split('-').map(Number);
    terms.push(
      low !== undefined && high !== undefined
        ? { variable, low, high }
        : { variable, values: wanted.split(',').map(Number) },
    );
  }
  return terms;
}

const standardTexts = {
  en: { gender: ['Gender', 'Male', 'Female'], age: ['Age', 'Under 35', '35 to 54', '55 or older'], region: 'Region' },
  fr: {
    gender: ['Sexe', 'Hommes', 'Femmes'],
    age: ['Âge', 'Moins de 35 ans', '35 à 54 ans', '55 ans et plus'],
    region: 'Région',
  },
} as const;

/** The groups of a topic's banner plan; with `review`, its doubtful ones too. */
export function planOf(topic: Topic, naming: QuestionnaireOptions['naming'], review: boolean): PlanGroup[] {
  const names = demographicNames(naming);
  const t = standardTexts[topic.language];
  const column = (name: string, definition: string): { name: string; definition: string } => ({ name, definition });
  return [
    {
      name: t.gender[0],
      columns: [column(t.gender[1], `${names.gender}=1`), column(t.gender[2], `${names.gender}=2`)],
    },
    {
      name: t.age[0],
      columns: [
        column(t.age[1], `${names.age}=18-34`),
        column(t.age[2], `${names.age}=35-54`),
        column(t.age[3], `${names.ageGroup}=5,6`),
      ],
    },
    {
      name: t.region,
      columns: topic.regions.slice(0, 5).map((region, i) => column(region, `${names.region}=${i + 1}`)),
    },
    ...topic.banner(names),
    ...(review ? topic.doubtful(names) : []),
  ];
}

/** Columns in doubt, as `<group>: <column>`. */
export function flaggedColumns(plan: readonly PlanGroup[], variables: ReadonlySet<string>): string[] {
  return plan.flatMap((group) =>
    group.columns
      .filter(({ definition }) => !selection(definition, variables))
      .map(({ name }) => `${group.name}: ${name}`),
  );
}
