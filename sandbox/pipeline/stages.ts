/** The product's stages: names, percentages and messages of PRODUCT.md section 3, and how long each lasts at least. */

export interface Stage {
  readonly stage: string;
  readonly progress: number;
  readonly message: string;
  /** Least duration at pace 1, in milliseconds. */
  readonly leastMs: number;
}

const step = (stage: string, progress: number, message: string, leastMs: number): Stage => ({
  stage,
  progress,
  message,
  leastMs,
});

const parallel = 'Processing banner, tables, and skip logic...';
const filtering = 'Applying skip logic filters...';
const splitting = 'Splitting oversized tables...';
const postProcessing = 'Running post-processor...';
const validatingCuts = 'Validating cut expressions...';
const validatingR = 'Validating R code per table...';
const loopSemantics = 'Classifying loop semantics...';
const generatingR = 'Generating R script...';
const executingR = 'Executing R script...';
const writingOutputs = 'Generating Excel workbook...';

export const initialStages = {
  parsing: step('parsing', 10, 'Processing data map...', 400),
  loopHandling: step('loop_handling', 11, 'Detecting loop variables...', 250),
  survey: step('survey_processing', 12, 'Processing survey document...', 400),
  parallelStart: step('parallel_processing', 15, parallel, 500),
  parallelMiddle: step('parallel_processing', 37, parallel, 150),
  parallelEnd: step('parallel_processing', 60, parallel, 150),
  filtering: step('filtering', 63, filtering, 250),
  splitting: step('splitting', 65, splitting, 250),
  verification: step('verification', 67, 'Verifying tables...', 500),
  verified: step('verification', 77, 'Verification complete', 150),
  postProcessing: step('post_processing', 78, postProcessing, 250),
  validatingCuts: step('validating_cuts', 80, validatingCuts, 300),
  validatingR: step('validating_r', 85, validatingR, 300),
  loopSemantics: step('loop_semantics', 78, loopSemantics, 250),
  generatingR: step('generating_r', 88, generatingR, 300),
  executingR: step('executing_r', 92, executingR, 500),
  writingOutputs: step('writing_outputs', 97, writingOutputs, 400),
} as const;

export const resumeStages = {
  applyingReview: step('applying_review', 55, 'Applying review decisions...', 300),
  waitingForTables: step('waiting_for_tables', 55, 'Review saved. Waiting for table processing...', 200),
  filtering: step('filtering', 55, filtering, 250),
  splitting: step('splitting', 57, splitting, 250),
  verification: step('verification', 58, 'Verifying tables...', 500),
  postProcessing: step('post_processing', 69, postProcessing, 250),
  validatingCuts: step('validating_cuts', 70, validatingCuts, 300),
  validatingR: step('validating_r', 75, validatingR, 300),
  loopSemantics: step('loop_semantics', 78, loopSemantics, 250),
  generatingR: step('generating_r', 80, generatingR, 300),
  executingR: step('executing_r', 85, executingR, 500),
  writingOutputs: step('writing_outputs', 95, writingOutputs, 400),
} as const;

export const reviewStage = (flagged: number): Omit<Stage, 'leastMs'> => ({
  stage: 'crosstab_review_required',
  progress: 50,
  // The product says "1 columns" too.
  message: `Review required - ${flagged} columns need mapping verification`,
});

export const completeStage = (tables: number, durationMs: number): Omit<Stage, 'leastMs'> => ({
  stage: 'complete',
  progress: 100,
  message: `Complete! Generated ${tables} crosstab tables in ${Math.round(durationMs / 1000)}s`,
});

export const cancelledStage = { stage: 'cancelled', progress: 100, message: 'Pipeline cancelled by user' } as const;
export const queuedStage = { stage: 'uploading', progress: 0, message: 'Starting pipeline...' } as const;
