/** Finds stacked data: several rows for one respondent, told apart by a wave, brand or occasion column. */
import type { SavHeader, SavVariable } from '../../datasets/sav/index.ts';
import type { SurveyData } from './survey-data.ts';
import { isRespondentId } from './variable-kinds.ts';

const repeatName =
  /(?:^|_)(?:wave|brand|loop|iteration|occasion|stack|concept|product|visit|month|period|row|rating|evaluation|trip|episode)(?:_?(?:id|no|num|number|code|index|name|\d+))?$/i;
const repeatLabel =
  /\b(?:wave|loop|iteration|occasion|stacked|concept|brand|product|visit)\b.*\b(?:number|id|index|rated|evaluated|shown|of this row|wave)\b|^(?:wave|brand|loop|iteration|occasion|concept|product)\b/i;

/** Respondents repeat when at most this share of the rows has an id of its own. */
const distinctShare = 0.8;

/** Columns that `stackedWarning` needs to have loaded. */
export function stackingColumns(header: SavHeader): SavVariable[] {
  return [
    ...header.variables.filter(isRespondentId).slice(0, 5),
    ...header.variables.filter(tellsRepeats).slice(0, 10),
  ];
}

function tellsRepeats(variable: SavVariable): boolean {
  return !isRespondentId(variable) && (repeatName.test(variable.name) || repeatLabel.test(variable.label ?? ''));
}

/** A sentence for people when the file looks stacked, else `null`. */
export function stackedWarning(data: SurveyData): string | null {
  for (const id of data.header.variables.filter(isRespondentId).slice(0, 5)) {
    const ids = data.column(id.name);
    const distinct = new Set<number | string>(ids).size;
    if (ids.length < 2 || distinct > ids.length * distinctShare) continue;
    for (const repeat of data.header.variables.filter(tellsRepeats).slice(0, 10)) {
      const column = data.column(repeat.name);
      const pairs = new Set<string>();
      for (let row = 0; row < ids.length; row++) pairs.add(`${ids[row] ?? ''}\0${column[row] ?? ''}`);
      if (pairs.size >= ids.length * 0.95) {
        return `The file looks stacked: ${distinct.toLocaleString('en-GB')} respondents fill ${ids.length.toLocaleString('en-GB')} rows (${id.name} repeats, told apart by ${repeat.name}). Restructure it to one row per respondent and upload it again.`;
      }
    }
  }
  return null;
}
