/** Scores variables as weights. */
import type { SavHeader, SavVariable } from '../../datasets/sav/index.ts';
import type { ValidationResult } from '../contract.ts';
import type { SurveyData } from './survey-data.ts';
import { hasWeightLabel, hasWeightName, isRespondentId } from './variable-kinds.ts';

const leastScore = 0.5;

/** Variables whose columns `weightCandidates` needs to have loaded: weights by name, label, or the file's own setting. */
export function possibleWeights(header: SavHeader): SavVariable[] {
  return header.variables.filter(
    (variable) =>
      variable.width === 0 &&
      (variable.valueLabels?.length ?? 0) < 2 &&
      !isRespondentId(variable) &&
      (variable.name === header.weight || hasWeightName(variable) || hasWeightLabel(variable)),
  );
}

/** Plausible weights, best first; scores 0–1 for name, label, the file's own setting, and a mean near 1 with no negative value. */
export function weightCandidates(data: SurveyData): ValidationResult['weightCandidates'] {
  return possibleWeights(data.header)
    .flatMap((variable) => {
      const { mean, least } = describe(data.column(variable.name));
      if (!(mean > 0.2 && mean < 5 && least >= 0)) return [];
      const near = Math.abs(mean - 1) <= 0.05 ? 0.3 : Math.abs(mean - 1) <= 0.25 ? 0.2 : 0;
      const score =
        (hasWeightName(variable) ? 0.4 : 0) +
        (hasWeightLabel(variable) ? 0.25 : 0) +
        (variable.name === data.header.weight ? 0.3 : 0) +
        near;
      return [
        {
          column: variable.name,
          label: variable.label ?? '',
          score: Math.min(1, Math.round(score * 100) / 100),
          mean: Math.round(mean * 10_000) / 10_000,
        },
      ];
    })
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5);
}

function describe(column: Float64Array | string[]): { mean: number; least: number } {
  let sum = 0;
  let count = 0;
  let least = Infinity;
  for (const value of column) {
    if (typeof value !== 'number' || Number.isNaN(value)) continue;
    sum += value;
    count++;
    if (value < least) least = value;
  }
  return { mean: count > 0 ? sum / count : NaN, least };
}
