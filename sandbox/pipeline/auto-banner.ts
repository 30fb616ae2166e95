/** Makes a banner from demographic-looking variables, for projects without a banner plan. */
import type { SavVariable } from '../../datasets/sav/index.ts';
import { answerLabels, words, type Lexicon } from './lexicon.ts';
import { PipelineError } from './pipeline-error.ts';
import type { ResolvedGroup } from './resolve-banner.ts';

/** In the order in which researchers put them. */
const topics: readonly (readonly [title: string, pattern: RegExp])[] = [
  ['Gender', /\b(?:gender|sex)\b/i],
  ['Age', /\bage\b|\bage ?(?:group|band|range)s?\b|\bgeneration\b/i],
  ['Region', /\b(?:region|province|territory|state|nation|country|area type|urban)\b/i],
  ['Household income', /\bincome\b/i],
  ['Education', /\b(?:education|degree|qualification)\b/i],
  ['Employment', /\b(?:employment|occupation|working status|work status)\b/i],
  ['Marital status', /\bmarital\b/i],
  ['Household', /\b(?:household size|children|kids)\b/i],
];

const mostGroups = 5;
const mostColumns = 12;

/**
 * One group a demographic, one column an answer; never in doubt. Variables whose name or label the hints mention come first.
 * Throws `Auto-generate banner failed` when nothing in the file looks like a demographic.
 */
export function autoBanner(lexicon: Lexicon, hints: string, segments: boolean): ResolvedGroup[] {
  const members = new Set((lexicon.dictionary.multipleResponseSets ?? []).flatMap((set) => set.variables));
  const usable = lexicon.dictionary.variables.filter((variable) => {
    const count = answerLabels(variable).length;
    return count >= 2 && count <= mostColumns && !members.has(variable.name);
  });
  const picked = new Map<string, SavVariable>();
  if (segments) {
    const segment = usable.find((variable) => /segment/i.test(`${variable.name} ${variable.label ?? ''}`));
    if (segment) picked.set('Segment', segment);
  }
  for (const variable of mentioned(hints, usable))
    if (![...picked.values()].includes(variable)) picked.set(variable.label ?? variable.name, variable);
  for (const [title, pattern] of topics) {
    const variable =
      usable.find(({ name }) => pattern.test(name.replace(/[_\d]+/g, ' ').trim())) ??
      usable.find(({ label }) => pattern.test(label ?? '') && (label ?? '').length <= 60);
    if (variable && !picked.has(title) && ![...picked.values()].includes(variable)) picked.set(title, variable);
  }
  if (picked.size === 0) {
    throw new PipelineError(
      'Auto-generate banner failed',
      'No variable of the data file looks like a demographic (gender, age group, region, income, education …) with 2 to 12 labelled answers. Upload a banner plan, or name variables in the banner hints.',
    );
  }
  return [...picked].slice(0, mostGroups).map(([title, variable]) => ({
    name: title,
    columns: answerLabels(variable).map(({ value, label }) => {
      const expression = `${variable.name}=${typeof value === 'number' ? value : `"${value}"`}`;
      return {
        groupName: title,
        columnName: label,
        original: expression,
        proposed: expression,
        confidence: 0.95,
        reasoning: `${variable.name} is a demographic with ${answerLabels(variable).length} labelled answers.`,
        userSummary: `Generated from ${variable.name}.`,
        alternatives: [],
        uncertainties: [],
        expressionType: 'direct_variable' as const,
      };
    }),
  }));
}

function mentioned(hints: string, usable: readonly SavVariable[]): SavVariable[] {
  const names = new Set((hints.match(/[A-Za-z_@#$][\w.@#$]*/g) ?? []).map((word) => word.toUpperCase()));
  const hintWords = new Set(words(hints));
  return usable.filter((variable) => {
    if (names.has(variable.name.toUpperCase())) return true;
    const label = words(variable.label ?? '');
    return label.length > 0 && label.every((word) => hintWords.has(word));
  });
}
