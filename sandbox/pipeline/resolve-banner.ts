/** Turns what a banner plan says into expressions over the data file, with an honest confidence. */
import type { SavVariable } from '../../datasets/sav/index.ts';
import type { FlaggedColumn } from '../contract.ts';
import type { PlannedColumn, PlannedGroup } from './banner-plan.ts';
import { formatExpression, mapComparisons, parseExpression, variablesOf, type Expression } from './expression.ts';
import { answerLabels, type Lexicon } from './lexicon.ts';
import { matchAnswers, similarVariables, type Clue, type Match } from './match.ts';

/** A banner column with what was made of it; the same shape whether or not a person must look at it. */
export type ResolvedColumn = FlaggedColumn;

export interface ResolvedGroup {
  readonly name: string;
  readonly columns: readonly ResolvedColumn[];
}

/** REVIEW_THRESHOLD_CROSSTAB of the product. */
const reviewThreshold = 0.75;

/** The product's rule: doubtful, of a type that is always a guess, or with alternatives. */
export function needsReview(column: ResolvedColumn): boolean {
  return (
    column.confidence < reviewThreshold ||
    column.expressionType === 'placeholder' ||
    column.expressionType === 'conceptual_filter' ||
    column.expressionType === 'from_list' ||
    column.alternatives.length > 0
  );
}

/** Resolves every column of a plan. Pure: one plan and one dictionary always give the same result. */
export function resolveBanner(groups: readonly PlannedGroup[], lexicon: Lexicon): ResolvedGroup[] {
  return groups.map((group) => ({
    name: group.name,
    columns: group.columns.map((column) => resolveColumn(group.name, column, lexicon)),
  }));
}

const nothingAtAll =
  /^(?:tb[acd]|n\/?a|placeholder|pending|none|[-–—?.…]*)$|^tb[acd]\b|^to be (?:added|confirmed|decided|defined|determined)\b/i;
const fromList = /^from (?:the )?(?:\w+ )?list\b\s*[:–—-]?\s*/i;

/** Resolves one column of a group. */
export function resolveColumn(groupName: string, planned: PlannedColumn, lexicon: Lexicon): ResolvedColumn {
  const { name, definition } = planned;
  if (nothingAtAll.test(definition)) return placeholder(groupName, planned, lexicon);
  const list = fromList.exec(definition);
  if (list) return guess('from_list', groupName, planned, definition.slice(list[0].length), lexicon);
  const expression = parseExpression(definition);
  if (!expression) return guess('conceptual_filter', groupName, planned, definition, lexicon);
  const unknown = variablesOf(expression).filter((variable) => !lexicon.find(variable));
  if (unknown.length > 0) return replaced(groupName, planned, expression, unknown, lexicon);
  const exact = withProperNames(expression, lexicon);
  const direct = exact.kind === 'list' && exact.items.every((item) => 'text' in item || item.low === item.high);
  const proposed = formatExpression(exact);
  return {
    groupName,
    columnName: name,
    original: definition,
    proposed,
    confidence: direct ? 0.98 : 0.95,
    reasoning: `The plan names ${listing(variablesOf(exact))}, which the data file has.`,
    userSummary: `Taken as written: ${proposed}.`,
    alternatives: [],
    uncertainties: [],
    expressionType: direct ? 'direct_variable' : 'comparison',
  };
}

function placeholder(groupName: string, { name, definition }: PlannedColumn, lexicon: Lexicon): ResolvedColumn {
  const matches = matchAnswers(
    [
      [name, 1],
      [groupName, 0.3],
    ],
    lexicon,
    3,
  ).filter(({ score }) => score >= 0.35);
  return {
    groupName,
    columnName: name,
    original: definition,
    proposed: '',
    confidence: 0.1,
    reasoning:
      definition === '' ? 'The banner plan leaves this column empty.' : `The banner plan only says “${definition}”.`,
    userSummary: `The plan does not say who belongs in “${name}”. Pick an alternative, give a hint, or skip the column.`,
    alternatives: alternatives(matches, name),
    uncertainties: ['No definition to work from; accepting leaves the column out of the tables.'],
    expressionType: 'placeholder',
  };
}

function guess(
  expressionType: 'conceptual_filter' | 'from_list',
  groupName: string,
  { name, definition }: PlannedColumn,
  text: string,
  lexicon: Lexicon,
): ResolvedColumn {
  const matches = matchAnswers(clues(groupName, name, text), lexicon, 4);
  const [best, ...others] = matches;
  const source =
    expressionType === 'from_list'
      ? 'refers to a list that is not in the plan'
      : 'describes the column in words instead of naming a variable';
  const uncertainties = [`The plan ${source} (“${definition}”).`];
  const second = others[0];
  if (best && second && second.score > best.score * 0.8)
    uncertainties.push(`${second.answer.variable.name} fits almost as well as ${best.answer.variable.name}.`);
  return {
    groupName,
    columnName: name,
    original: definition,
    proposed: best?.answer.expression ?? '',
    confidence: best ? rounded(Math.min(0.72, 0.3 + 0.45 * best.score)) : 0.2,
    reasoning: best
      ? `Compared “${definition}” with the labels of ${lexicon.dictionary.variables.length} variables; ${best.answer.description} shares the most telling words.`
      : `Compared “${definition}” with the labels of ${lexicon.dictionary.variables.length} variables; none shares enough words.`,
    userSummary: best ? `Probably ${best.answer.description}.` : `Nothing in the data file reads like “${definition}”.`,
    alternatives: alternatives(others, name),
    uncertainties,
    expressionType,
  };
}

function replaced(
  groupName: string,
  { name, definition }: PlannedColumn,
  expression: Expression,
  unknown: readonly string[],
  lexicon: Lexicon,
): ResolvedColumn {
  const candidates = new Map(
    unknown.map((variable) => [
      variable,
      similarVariables(
        variable,
        `${name} ${groupName}`,
        (candidate) => hasCodes(candidate, expression, variable),
        lexicon,
        4,
      ),
    ]),
  );
  const leader = unknown[0] ?? '';
  const ranked = candidates.get(leader) ?? [];
  const filled = unknown.every((variable) => (candidates.get(variable)?.length ?? 0) > 0);
  const build = (rank: number): string =>
    formatExpression(
      mapComparisons(withProperNames(expression, lexicon), (comparison) => {
        const choices = candidates.get(comparison.variable);
        const choice = choices?.[comparison.variable === leader ? rank : 0] ?? choices?.[0];
        return choice ? { ...comparison, variable: choice.variable.name } : comparison;
      }),
    );
  const likeness = Math.min(...unknown.map((variable) => candidates.get(variable)?.[0]?.likeness ?? 0));
  const byWords = filled ? [] : matchAnswers(clues(groupName, name, ''), lexicon, 3);
  const missing = `${listing(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not in the data file`;
  const proposed = filled ? build(0) : '';
  return {
    groupName,
    columnName: name,
    original: definition,
    proposed,
    confidence: filled ? rounded(Math.min(0.74, 0.3 + 0.45 * likeness)) : 0.2,
    reasoning: filled
      ? `${missing}; ${ranked[0]?.variable.name ?? ''} has the most similar name and label.`
      : `${missing}, and no variable has a similar name.`,
    userSummary: filled
      ? `${missing}. Closest is ${describe(ranked[0]?.variable.name ?? '', lexicon)}.`
      : `${missing}. Give a hint or skip the column.`,
    alternatives: filled
      ? ranked.slice(1).map(({ variable }, index) => ({
          expression: build(index + 1),
          rank: index + 1,
          userSummary: `Use ${describe(variable.name, lexicon)} instead.`,
        }))
      : alternatives(byWords, name),
    uncertainties: [`${missing}.`, ...codeDoubts(proposed, lexicon)],
    expressionType: 'comparison',
  };
}

/** Whether a variable's labels cover the codes that the plan asks of `name`: a sign that it is the one meant. */
function hasCodes(candidate: SavVariable, expression: Expression, name: string): boolean {
  const labels = answerLabels(candidate);
  let covered = labels.length > 0;
  mapComparisons(expression, (comparison) => {
    if (comparison.variable === name && comparison.kind === 'list') {
      covered &&= comparison.items.every((item) =>
        labels.some(({ value, label }) =>
          'text' in item ? label === item.text : typeof value === 'number' && value >= item.low && value <= item.high,
        ),
      );
    }
    return comparison;
  });
  return covered;
}

/** Codes that the proposed variable has no label for: a sign that it is the wrong variable. */
function codeDoubts(proposed: string, lexicon: Lexicon): string[] {
  const doubts: string[] = [];
  const expression = parseExpression(proposed);
  if (!expression) return doubts;
  mapComparisons(expression, (comparison) => {
    const variable = lexicon.find(comparison.variable);
    const labels = variable ? answerLabels(variable) : [];
    if (comparison.kind === 'list' && labels.length > 0) {
      for (const item of comparison.items) {
        if (!('text' in item) && item.low === item.high && !labels.some(({ value }) => value === item.low))
          doubts.push(`${comparison.variable} has no answer with the code ${item.low}.`);
      }
    }
    return comparison;
  });
  return doubts;
}

function clues(groupName: string, columnName: string, text: string): Clue[] {
  return [
    [text, 1],
    [columnName, 0.7],
    [groupName, 0.2],
  ];
}

function alternatives(matches: readonly Match[], columnName: string): FlaggedColumn['alternatives'] {
  return matches.map(({ answer }, index) => ({
    expression: answer.expression,
    rank: index + 1,
    userSummary: `“${columnName}” as ${answer.description}.`,
  }));
}

/** The expression with variables spelt as the data file spells them. */
export function withProperNames(expression: Expression, lexicon: Lexicon): Expression {
  return mapComparisons(expression, (comparison) => ({
    ...comparison,
    variable: lexicon.find(comparison.variable)?.name ?? comparison.variable,
  }));
}

function describe(name: string, lexicon: Lexicon): string {
  const label = lexicon.find(name)?.label;
  return label ? `${name} (“${label}”)` : name;
}

function listing(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
