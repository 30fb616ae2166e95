/** The data file's dictionary of a survey. */
import type { SavDictionary, SavMissing, SavMultipleResponseSet, SavValueLabel, SavVariable } from '../sav/index.ts';
import type { Option, Question, Survey } from './survey.ts';

function labels(options: readonly Option[], missing: readonly Option[] = []): SavValueLabel[] {
  return [...options, ...missing].map(({ code, label }) => ({ value: code, label }));
}

function missingOf(missing: readonly Option[] | undefined): { missing?: SavMissing } {
  return missing && missing.length > 0 ? { missing: { values: missing.map((option) => option.code) } } : {};
}

/** SPSS allows 255 bytes. */
function variableLabel(name: string, label: string): { label: string } {
  return { label: /^[A-Z]\d/.test(name) ? `${name}: ${label}` : label };
}

function coded(
  name: string,
  label: string,
  valueLabels: SavValueLabel[],
  measure: 'nominal' | 'ordinal',
  missing?: readonly Option[],
): SavVariable {
  return {
    name,
    width: 0,
    ...variableLabel(name, label),
    valueLabels,
    ...missingOf(missing),
    measure,
    print: { type: 'F', width: 3, decimals: 0 },
    columns: 8,
  };
}

const points = (labelled: readonly string[], first: number): Option[] =>
  labelled.map((label, i) => ({ code: i + first, label }));

/** The variables that hold a question's answers, in order. */
export function variablesOf(question: Question): SavVariable[] {
  const { name, label } = question;
  switch (question.kind) {
    case 'single':
      return [
        coded(
          name,
          label,
          labels(question.options, question.missing),
          question.ordinal ? 'ordinal' : 'nominal',
          question.missing,
        ),
      ];
    case 'scale': {
      const all = points(question.points, question.first);
      const shown = question.endsOnly ? all.filter((_, i) => i === 0 || i === all.length - 1) : all;
      return [coded(name, label, labels(shown, question.missing), 'ordinal', question.missing)];
    }
    case 'grid':
      return question.items.map((item, i) =>
        coded(
          `${name}r${i + 1}`,
          `${label}: ${item}`,
          labels(points(question.points, 1), question.missing),
          'ordinal',
          question.missing,
        ),
      );
    case 'multi':
      return [...question.items, question.none].map((item, i) =>
        coded(
          `${name}r${i + 1}`,
          `${label}: ${item}`,
          [
            { value: 0, label: 'Not selected' },
            { value: 1, label: 'Selected' },
          ],
          'nominal',
        ),
      );
    case 'mentions':
      return Array.from({ length: question.upTo }, (_, i) =>
        coded(`${name}m${i + 1}`, `${label} (${i + 1})`, labels(question.options), 'nominal'),
      );
    case 'numeric': {
      const date = question.source === 'started';
      const print = date
        ? { type: 'DATETIME', width: 20, decimals: 0 }
        : { type: 'F', width: 8, decimals: question.decimals };
      const valueLabels = question.missing ? { valueLabels: labels(question.missing) } : {};
      return [
        {
          name,
          width: 0,
          ...variableLabel(name, label),
          ...valueLabels,
          ...missingOf(question.missing),
          measure: 'scale',
          print,
          columns: date ? 20 : 10,
        },
      ];
    }
    case 'text':
      return [
        {
          name,
          width: question.width,
          ...variableLabel(name, label),
          measure: 'nominal',
          print: { type: 'A', width: question.width, decimals: 0 },
          columns: Math.min(40, question.width),
          alignment: 'left',
        },
      ];
  }
}

function setOf(question: Question): SavMultipleResponseSet[] {
  const variables = variablesOf(question).map((variable) => variable.name);
  const { name, label } = question;
  if (question.kind === 'multi')
    return [{ name: `$${name}`, label: `${name}: ${label}`, kind: 'dichotomies', countedValue: '1', variables }];
  if (question.kind === 'mentions')
    return [{ name: `$${name}`, label: `${name}: ${label}`, kind: 'categories', variables }];
  return [];
}

/** Every question of the survey, in the order of the file. */
export function questionsOf(survey: Survey): Question[] {
  return survey.sections.flatMap((section) => section.questions);
}

/** Variables, multiple-response sets, weight and descriptions of the data file. */
export function dictionaryOf(survey: Survey, encoding: string): SavDictionary {
  const questions = questionsOf(survey);
  return {
    variables: questions.flatMap(variablesOf),
    multipleResponseSets: questions.flatMap(setOf),
    encoding,
    fileLabel: survey.title.slice(0, 60),
    ...(survey.weight !== undefined && survey.weightActive ? { weight: survey.weight } : {}),
  };
}
