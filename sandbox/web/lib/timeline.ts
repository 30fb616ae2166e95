import type { RunStatus } from '../../contract.ts';

export type StepState = 'done' | 'active' | 'waiting';

interface Step {
  label: string;
  description: string;
  stages: readonly string[];
}

const reviewLabel = 'Review';

const steps: readonly Step[] = [
  {
    label: 'Parsing Data',
    description: 'Reading variables, labels and structure of the data file',
    stages: ['uploading', 'parsing', 'loop_handling', 'survey_processing'],
  },
  {
    label: 'Analyzing & Building Tables',
    description: 'Reading the banner plan and laying out the tables',
    stages: ['parallel_processing', 'waiting_for_tables'],
  },
  {
    label: reviewLabel,
    description: 'Some banner columns need your decision',
    stages: ['crosstab_review_required', 'applying_review'],
  },
  {
    label: 'Validating & Refining',
    description: 'Checking filters, tables and cut expressions',
    stages: [
      'filtering',
      'splitting',
      'verification',
      'post_processing',
      'validating_cuts',
      'validating_r',
      'loop_semantics',
    ],
  },
  {
    label: 'Running Analysis',
    description: 'Computing the crosstabs',
    stages: ['generating_r', 'executing_r'],
  },
  {
    label: 'Generating Excel',
    description: 'Writing the workbook',
    stages: ['writing_outputs', 'complete'],
  },
];

export interface TimelineRow {
  label: string;
  /** The live message while the step is active. */
  text: string;
  state: StepState;
}

/**
 * The steps of an active run. The review step shows only for a run that waits for one or goes on after it; a stage that
 * is not known counts as the beginning. After a review the step is done, even while the run waits for tables again.
 */
export function timeline(run: { status: RunStatus; stage: string; message: string }): TimelineRow[] {
  const found = steps.findIndex((step) => step.stages.includes(run.stage));
  const activeIndex = found < 0 ? 0 : found;
  const withReview = run.status === 'pending_review' || run.status === 'resuming';
  return steps.flatMap((step, index) => {
    if (step.label === reviewLabel && !withReview) return [];
    const reviewed = step.label === reviewLabel && run.status === 'resuming' && index > activeIndex;
    const state = index < activeIndex || reviewed ? 'done' : index === activeIndex ? 'active' : 'waiting';
    const text = state === 'active' && run.message ? run.message : step.description;
    return [{ label: step.label, text, state }];
  });
}
