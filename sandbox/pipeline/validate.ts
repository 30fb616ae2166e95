/** What the wizard's second step learns of an uploaded data file. */
import { SavError } from '../../datasets/sav/index.ts';
import type { ValidationResult } from '../contract.ts';
import { detectLoops } from './loops.ts';
import { stackedWarning, stackingColumns } from './stacked.ts';
import { SurveyData } from './survey-data.ts';
import { possibleWeights, weightCandidates } from './weights.ts';

const nothing: ValidationResult = {
  rowCount: 0,
  columnCount: 0,
  weightCandidates: [],
  isStacked: false,
  stackedWarning: null,
  loopSummary: { hasLoops: false, loopCount: 0 },
  errors: [],
  canProceed: false,
};

/**
 * Reads a `.sav` through to its end. A file that cannot be read is an answer too: `canProceed: false` with the codec's
 * message. Throws only for what is not the file's fault, such as a disk error.
 */
export async function validateSav(path: string): Promise<ValidationResult> {
  try {
    const data = await SurveyData.open(path);
    await data.load([...stackingColumns(data.header), ...possibleWeights(data.header)].map(({ name }) => name));
    const warning = stackedWarning(data);
    const errors: ValidationResult['errors'] = [];
    if (data.caseCount === 0)
      errors.push({
        severity: 'error',
        message: 'The data file holds no respondents. Export it again with its cases and upload it.',
      });
    if (data.header.variables.length === 0)
      errors.push({ severity: 'error', message: 'The data file holds no variables.' });
    return {
      rowCount: data.caseCount,
      columnCount: data.header.variables.length,
      weightCandidates: weightCandidates(data),
      isStacked: warning !== null,
      stackedWarning: warning,
      loopSummary: detectLoops(data.header),
      errors,
      canProceed: errors.length === 0 && warning === null,
    };
  } catch (error) {
    if (!(error instanceof SavError)) throw error;
    // People know the file they chose, not where the server put it.
    return { ...nothing, errors: [{ severity: 'error', message: error.message.replaceAll(path, 'The data file') }] };
  }
}
