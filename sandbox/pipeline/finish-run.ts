/** The second half of a run: filters, cuts, tabulation, workbooks. */
import { rename } from 'node:fs/promises';
import type { ProjectConfig, WorkbookFile } from '../contract.ts';
import { themeToUse } from '../faults/theme-swap.ts';
import { decideBanner, type DecidedBanner } from './decisions.ts';
import { selectRows } from './evaluate.ts';
import { parseExpression, variablesOf } from './expression.ts';
import { Lexicon } from './lexicon.ts';
import type { Pacer, Report } from './pace.ts';
import { PipelineError } from './pipeline-error.ts';
import type { RunJob } from './protocol.ts';
import type { ResolvedGroup } from './resolve-banner.ts';
import type { RunFolder } from './run-folder.ts';
import type { initialStages, resumeStages } from './stages.ts';
import type { SurveyData } from './survey-data.ts';
import type { TablePlan } from './table-plan.ts';
import { lettered, tabulate, type Cut, type TableResult } from './tabulate.ts';
import { writeWorkbook, type Measure } from './workbook.ts';

export interface FinishInput {
  readonly job: RunJob;
  readonly folder: RunFolder;
  readonly data: SurveyData;
  readonly banner: readonly ResolvedGroup[];
  readonly tables: readonly TablePlan[];
  readonly hasLoops: boolean;
  readonly pacer: Pacer;
  readonly report: Report;
  readonly stages: typeof initialStages | typeof resumeStages;
}

/** Tabulates and writes the workbooks, then reports `done`. Throws when it cannot. */
export async function finishRun({
  job,
  folder,
  data,
  banner,
  tables,
  hasLoops,
  pacer,
  report,
  stages,
}: FinishInput): Promise<void> {
  const { config } = job;
  const decided = decideBanner(banner, job.decisions, new Lexicon(data.header));
  const weights = await loadWhatIsNeeded(data, decided, tables, config.weightVariable);
  const resumed = job.mode === 'resume';
  if (resumed || hasFilters(tables, data)) await pacer.enter(stages.filtering);
  await pacer.enter(stages.splitting);
  await pacer.enter(stages.verification);
  if ('verified' in stages) await pacer.enter(stages.verified);
  await pacer.enter(stages.postProcessing);
  await pacer.enter(stages.validatingCuts);
  const cuts = makeCuts(data, decided);
  await pacer.enter(stages.validatingR);
  if (hasLoops) await pacer.enter(stages.loopSemantics);
  await pacer.enter(stages.generatingR);
  await pacer.enter(stages.executingR);
  const testing = { levels: config.statTesting.thresholds, minBase: config.statTesting.minBase };
  const results = tables.map((table) => tabulate(table, data, cuts, weights, testing));
  await pacer.enter(stages.writingOutputs);
  const outputs = await writeOutputs(job, folder, data, cuts, results);
  await pacer.settle();
  report({
    type: 'done',
    outputs,
    inputs: job.files.map(({ name }) => name),
    summary: {
      tables: results.length,
      cuts: cuts.length - 1,
      bannerGroups: new Set(decided.columns.map(({ group }) => group)).size,
      durationMs: Math.max(0, Date.now() - job.launchedAt),
    },
    dropped: decided.dropped.map(({ group, name, reason }) => `${group}: ${name} (${reason})`),
  });
}

async function loadWhatIsNeeded(
  data: SurveyData,
  decided: DecidedBanner,
  tables: readonly TablePlan[],
  weight: string | null,
): Promise<Float64Array | undefined> {
  const cutVariables = decided.columns.flatMap(({ expression }) => variablesOf(parsed(expression)));
  await data.load([
    ...tables.flatMap(({ variables }) => variables),
    ...cutVariables,
    ...(weight !== null && data.find(weight) ? [weight] : []),
  ]);
  if (weight === null) return undefined;
  const column = data.find(weight) && data.column(weight);
  if (!(column instanceof Float64Array)) {
    throw new PipelineError(
      'Processing error',
      `The weight variable ${weight} is not a numeric variable of the data file. Choose another weight, or none.`,
    );
  }
  return column;
}

/** Whether any question was asked of a part of the respondents only. */
function hasFilters(tables: readonly TablePlan[], data: SurveyData): boolean {
  return tables.some(({ variables }) => {
    const column = data.column(variables[0] ?? '');
    return column instanceof Float64Array ? column.some(Number.isNaN) : column.some((value) => value.trim() === '');
  });
}

function makeCuts(data: SurveyData, decided: DecidedBanner): Cut[] {
  const total = Int32Array.from({ length: data.caseCount }, (_, row) => row);
  return lettered(
    total,
    decided.columns.map(({ group, name, expression }) => ({ group, name, rows: selectRows(parsed(expression), data) })),
  );
}

function parsed(text: string): NonNullable<ReturnType<typeof parseExpression>> {
  const expression = parseExpression(text);
  if (!expression) throw new PipelineError('Processing error', `“${text}” is not a cut expression.`);
  return expression;
}

/** Names of the workbooks of a configuration, with the measures each shows. */
export function workbooksOf(
  config: Pick<ProjectConfig, 'displayMode' | 'separateWorkbooks' | 'weightVariable'>,
): { file: WorkbookFile; measures: Measure[] }[] {
  const weighted = config.weightVariable !== null;
  if (config.displayMode === 'counts') return [{ file: 'crosstabs.xlsx', measures: ['n'] }];
  if (config.displayMode === 'frequency') return [{ file: 'crosstabs.xlsx', measures: ['%', 'Sig.'] }];
  if (!config.separateWorkbooks) return [{ file: 'crosstabs.xlsx', measures: ['n', '%', 'Sig.'] }];
  return [
    { file: weighted ? 'crosstabs-weighted.xlsx' : 'crosstabs.xlsx', measures: ['%', 'Sig.'] },
    { file: weighted ? 'crosstabs-weighted-counts.xlsx' : 'crosstabs-counts.xlsx', measures: ['n'] },
  ];
}

async function writeOutputs(
  job: RunJob,
  folder: RunFolder,
  data: SurveyData,
  cuts: readonly Cut[],
  tables: readonly TableResult[],
): Promise<WorkbookFile[]> {
  const { config } = job;
  const theme = await themeToUse(job.themeFile, config.theme);
  const written: WorkbookFile[] = [];
  for (const { file, measures } of workbooksOf(config)) {
    const path = folder.output(file);
    // A name of its own: a folder may be written to by more than one process.
    const part = `${path}.${process.pid}.part`;
    await writeWorkbook(part, {
      project: job.projectName,
      runId: job.runId,
      dataFile: job.files.find(({ role }) => role === 'data')?.name ?? '',
      respondents: data.caseCount,
      variables: data.header.variables.length,
      weight: config.weightVariable,
      theme,
      levels: config.statTesting.thresholds,
      minBase: config.statTesting.minBase,
      generatedAt: new Date(),
      cuts,
      tables,
      measures,
    });
    await rename(part, path);
    written.push(file);
  }
  return written;
}
