/** Applies a reviewer's decisions to a resolved banner. */
import type { ReviewDecision } from '../contract.ts';
import { formatExpression, mapComparisons, parseExpression, variablesOf } from './expression.ts';
import { answerLabels, type Lexicon } from './lexicon.ts';
import { matchAnswers } from './match.ts';
import { withProperNames, type ResolvedColumn, type ResolvedGroup } from './resolve-banner.ts';

/** A banner column as the tables use it. */
export interface BannerColumn {
  readonly group: string;
  readonly name: string;
  readonly expression: string;
}

/** The columns to tabulate, and those left out with the reason. */
export interface DecidedBanner {
  readonly columns: readonly BannerColumn[];
  readonly dropped: readonly { group: string; name: string; reason: string }[];
}

/**
 * The banner after review. A column without a decision is taken as proposed. A column ends up left out when it was
 * skipped, when its proposal is blank, or when its expression cannot be evaluated on this data file.
 */
export function decideBanner(
  groups: readonly ResolvedGroup[],
  decisions: readonly ReviewDecision[],
  lexicon: Lexicon,
): DecidedBanner {
  const byColumn = new Map(decisions.map((decision) => [`${decision.groupName}\0${decision.columnName}`, decision]));
  const columns: BannerColumn[] = [];
  const dropped: { group: string; name: string; reason: string }[] = [];
  for (const group of groups) {
    for (const column of group.columns) {
      const decision = byColumn.get(`${group.name}\0${column.columnName}`);
      const text = decision ? decided(column, decision, lexicon) : column.proposed;
      const reason = text === undefined ? 'skipped by the reviewer' : problem(text, lexicon);
      if (text === undefined || reason !== undefined)
        dropped.push({ group: group.name, name: column.columnName, reason: reason ?? '' });
      else columns.push({ group: group.name, name: column.columnName, expression: text });
    }
  }
  return { columns, dropped };
}

function decided(column: ResolvedColumn, decision: ReviewDecision, lexicon: Lexicon): string | undefined {
  switch (decision.action) {
    case 'skip':
      return undefined;
    case 'select_alternative':
      return column.alternatives[decision.selectedAlternative ?? 0]?.expression ?? column.proposed;
    case 'edit':
      return decision.editedExpression ?? column.proposed;
    case 'provide_hint':
      return resolveHint(column, decision.hint ?? '', lexicon) ?? column.proposed;
    default:
      return column.proposed;
  }
}

function problem(text: string, lexicon: Lexicon): string | undefined {
  if (text.trim() === '') return 'no definition';
  const expression = parseExpression(text);
  if (!expression) return `“${text}” is not an expression`;
  const unknown = variablesOf(expression).find((name) => !lexicon.find(name));
  return unknown === undefined ? undefined : `the data file has no variable ${unknown}`;
}

/**
 * What a hint makes of a column: an expression inside the hint, else the variable it names (with the codes of the plan,
 * or the answers that read like the column), else the answer whose labels it resembles. `undefined`: the hint does not help.
 */
export function resolveHint(column: ResolvedColumn, hint: string, lexicon: Lexicon): string | undefined {
  const written = writtenExpression(hint, lexicon);
  if (written !== undefined) return written;

  const unwanted = new Set(
    [...hint.matchAll(/\b(?:not|instead of|rather than)\s+([\w.@#$]+)/gi)].map((match) =>
      (match[1] ?? '').toUpperCase(),
    ),
  );
  const named = (hint.match(/[A-Za-z_@#$][\w.@#$]*/g) ?? [])
    .map((word) => word.replace(/\.$/, ''))
    .filter((word) => !unwanted.has(word.toUpperCase()) && looksLikeName(word))
    .map((word) => lexicon.find(word))
    .find((variable) => variable !== undefined);
  if (named) {
    const planned = parseExpression(column.original) ?? parseExpression(column.proposed);
    const labels = answerLabels(named);
    if (
      planned &&
      planned.kind === 'list' &&
      planned.items.every(
        (item) =>
          'text' in item ||
          labels.length === 0 ||
          labels.some(({ value }) => typeof value === 'number' && value >= item.low && value <= item.high),
      )
    ) {
      return formatExpression(mapComparisons(planned, (comparison) => ({ ...comparison, variable: named.name })));
    }
    const answers = matchAnswers(
      [
        [column.columnName, 1],
        [column.original, 0.7],
        [hint, 0.3],
      ],
      lexicon,
      Number.MAX_SAFE_INTEGER,
    );
    const best = answers.find(({ answer }) => answer.variable === named)?.answer.expression;
    const first = labels[0]?.value;
    return (
      best ?? (first === undefined ? undefined : `${named.name}=${typeof first === 'number' ? first : `"${first}"`}`)
    );
  }
  return matchAnswers(
    [
      [hint, 1],
      [column.columnName, 0.5],
      [column.original, 0.3],
    ],
    lexicon,
    1,
  )[0]?.answer.expression;
}

/** The longest expression inside a hint; what people write after it does not matter. */
function writtenExpression(hint: string, lexicon: Lexicon): string | undefined {
  let text = /[A-Za-z_@#$][\w.@#$]*\s*(?:=|<|>|!=).*/.exec(hint)?.[0] ?? '';
  while (text !== '') {
    const expression = parseExpression(text.replace(/[\s.;,!?]+$/, ''));
    if (expression)
      return variablesOf(expression).every((name) => lexicon.find(name))
        ? formatExpression(withProperNames(expression, lexicon))
        : undefined;
    text = text.replace(/\s*\S+\s*$/, '');
  }
  return undefined;
}

/** English words are variable names too (`AGE`, `weight`); in running text only those that look deliberate count. */
function looksLikeName(word: string): boolean {
  return /[\d_]/.test(word) || (word.length > 1 && word === word.toUpperCase());
}
