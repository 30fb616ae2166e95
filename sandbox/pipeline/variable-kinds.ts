/** What a variable is, by its name and label: a respondent's id, a weight. */
import type { SavVariable } from '../../datasets/sav/index.ts';

const idName =
  /^(?:id|uid|uuid|guid|rid|record|serial|case_?id|case_?no|resp(?:ondent)?(?:_?(?:id|no|num(?:ber)?|serial))?|panel(?:ist)?_?id|person_?id|interview_?(?:id|no)|participant_?id|subject_?id|member_?id|house_?hold_?id|hh_?id|record_?(?:id|no))$/i;
const idLabel =
  /\b(?:respondent|record|case|participant|panelist|interview|person|subject)(?:'s)?\s+(?:id|identifier|number|serial)\b|\bunique id/i;

/** Whether a variable tells respondents apart. */
export function isRespondentId(variable: SavVariable): boolean {
  return idName.test(variable.name) || idLabel.test(variable.label ?? '');
}

const weightName =
  /^(?:(?:final|rim|sample|survey|post|pop(?:ulation)?|design|norm(?:alised|alized)?|my)_?)?(?:weights?|wts?|wgts?|weighting|wtvar|weightvar|wtfactor)(?:_?(?:final|var|rim|total|all|factor|trim(?:med)?|\d+))*$/i;
const weightLabel =
  /\bweight(?:ing)?\s+(?:factor|variable|coefficient)|\b(?:rim|sample|sampling|survey|post-?stratification|design|population|final|normali[sz]ed|case|respondent)\s+weight|^weight(?:ing)?s?$|\bweighting\b/i;

export function hasWeightName(variable: SavVariable): boolean {
  return weightName.test(variable.name);
}

export function hasWeightLabel(variable: SavVariable): boolean {
  return weightLabel.test(variable.label ?? '');
}

/** Whether a variable weights the sample, judging by name and label only. */
export function looksLikeWeight(variable: SavVariable): boolean {
  return (
    variable.width === 0 &&
    (variable.valueLabels?.length ?? 0) < 2 &&
    (hasWeightName(variable) || hasWeightLabel(variable))
  );
}
