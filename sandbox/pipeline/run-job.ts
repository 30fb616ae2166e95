/** A run's work from its files to its workbooks, stage by stage. Runs in a child process; writes only into the run's folder. */
import { setTheme } from '../faults/theme-swap.ts';
import type { StoredFile } from '../ports.ts';
import { autoBanner } from './auto-banner.ts';
import { parseBannerPlan } from './banner-plan.ts';
import { readDocument } from './documents.ts';
import { parseExpression, variablesOf } from './expression.ts';
import { finishRun } from './finish-run.ts';
import { Lexicon } from './lexicon.ts';
import { detectLoops } from './loops.ts';
import { Pacer, type Report } from './pace.ts';
import { PipelineError } from './pipeline-error.ts';
import type { RunJob, RunReport } from './protocol.ts';
import { needsReview, resolveBanner, type ResolvedGroup } from './resolve-banner.ts';
import { RunFolder } from './run-folder.ts';
import { initialStages, resumeStages } from './stages.ts';
import { SurveyData } from './survey-data.ts';
import { questionTexts } from './survey-text.ts';
import { planTables, tableColumns, type TablePlan } from './table-plan.ts';

/**
 * Does the work of a job and reports as it goes: stages, then `done` or `failed`; or, when the banner needs a person,
 * `review` and `tables-ready`, and that is all until a job of mode `resume`. Never throws.
 */
export async function runJob(job: RunJob, report: Report): Promise<void> {
  try {
    await setTheme(job.themeFile, job.config.theme);
    if (job.mode === 'initial') await initial(job, report);
    else await resume(job, report);
  } catch (error) {
    report(failure(job, error));
  }
}

function failure(job: RunJob, error: unknown): Extract<RunReport, { type: 'failed' }> {
  const title = error instanceof PipelineError ? error.title : 'Processing error';
  const message = error instanceof Error ? error.message : String(error);
  // People know the names they uploaded, not where the server put the files.
  return {
    type: 'failed',
    title,
    message: job.files.reduce((text, { path, name }) => text.replaceAll(path, name), message),
  };
}

async function initial(job: RunJob, report: Report): Promise<void> {
  const pacer = new Pacer(report, job.pace);
  const folder = new RunFolder(job.folder);
  await pacer.enter(initialStages.parsing);
  const data = await SurveyData.open(fileOf(job, 'data').path);
  const { hasLoops } = detectLoops(data.header);
  if (hasLoops) await pacer.enter(initialStages.loopHandling);
  await pacer.enter(initialStages.survey);
  const survey = await surveyText(job);
  await pacer.enter(initialStages.parallelStart);
  const banner = await makeBanner(job, data).catch((error: unknown) => {
    if (!job.tablesGoOn) throw error;
    report(failure(job, error));
    return undefined;
  });
  if (!banner) return tablesAlone(job, data, survey, pacer);
  await folder.saveBanner(banner);
  const columns = banner.flatMap((group) => group.columns);
  const flagged = columns.filter(needsReview);
  if (flagged.length > 0) {
    await pacer.settle();
    report({ type: 'review', flagged, totalColumns: columns.length });
  }
  await pacer.enter(initialStages.parallelMiddle);
  const tables = await makeTables(job, data, survey, banner);
  await pacer.enter(initialStages.parallelEnd);
  await folder.saveTables(tables);
  await pacer.settle();
  if (flagged.length > 0) report({ type: 'tables-ready' });
  else await finishRun({ job, folder, data, banner, tables, hasLoops, pacer, report, stages: initialStages });
}

/** The tables' half of the parallel stage, which nobody has told that the other half failed. */
async function tablesAlone(job: RunJob, data: SurveyData, survey: string, pacer: Pacer): Promise<void> {
  await pacer.enter(initialStages.parallelMiddle);
  await makeTables(job, data, survey, []);
  await pacer.enter(initialStages.parallelEnd);
  await pacer.settle();
}

async function resume(job: RunJob, report: Report): Promise<void> {
  const pacer = new Pacer(report, job.pace);
  const folder = new RunFolder(job.folder);
  await folder.ensure();
  // Already shown by the server while the run was queued.
  pacer.linger(resumeStages.applyingReview);
  const data = await SurveyData.open(fileOf(job, 'data').path);
  // Both are made again, with the same result, when a restart came before they were saved.
  const banner = (await folder.loadBanner()) ?? (await makeBanner(job, data));
  let tables = await folder.loadTables();
  if (!tables) {
    await pacer.enter(resumeStages.waitingForTables);
    tables = await makeTables(job, data, await surveyText(job), banner);
    await folder.saveTables(tables);
  }
  const { hasLoops } = detectLoops(data.header);
  await finishRun({ job, folder, data, banner, tables, hasLoops, pacer, report, stages: resumeStages });
}

function surveyText(job: RunJob): Promise<string> {
  const survey = fileOf(job, 'survey');
  return readDocument(survey.path, survey.name);
}

async function makeBanner(job: RunJob, data: SurveyData): Promise<ResolvedGroup[]> {
  const lexicon = new Lexicon(data.header);
  const plan = job.files.find(({ role }) => role === 'banner');
  if (job.config.bannerMode === 'auto_generate' || !plan) {
    return autoBanner(
      lexicon,
      job.config.bannerNotes,
      job.config.projectSubType === 'segmentation' && job.config.segmentAssignments,
    );
  }
  const groups = parseBannerPlan(await readDocument(plan.path, plan.name, 'Banner extraction failed'));
  if (groups.length === 0) {
    throw new PipelineError(
      'Banner extraction failed',
      `The banner plan "${plan.name}" has no banner groups. Start each group with a line "Banner group: <name>", followed by lines "<column>: <definition>".`,
    );
  }
  return resolveBanner(groups, lexicon);
}

async function makeTables(
  job: RunJob,
  data: SurveyData,
  survey: string,
  banner: readonly ResolvedGroup[],
): Promise<TablePlan[]> {
  const { weightVariable } = job.config;
  const cutVariables = banner
    .flatMap((group) => group.columns.map(({ proposed }) => parseExpression(proposed)))
    .flatMap((expression) => (expression ? variablesOf(expression) : []));
  // What the finish needs of the file is read in the same pass.
  const alsoNeeded = [...cutVariables, ...(weightVariable === null ? [] : [weightVariable])].filter((name) =>
    data.find(name),
  );
  await data.load([...tableColumns(data), ...alsoNeeded]);
  const tables = planTables(
    data,
    questionTexts(
      survey,
      data.header.variables.map(({ name }) => name),
    ),
  );
  if (tables.length === 0) {
    throw new PipelineError(
      'Table processing failed',
      'No variable of the data file has between 2 and 30 value labels that cover its answers, and there is no multiple-response set: there is nothing to tabulate. Add value labels in SPSS and upload the file again.',
    );
  }
  return tables;
}

function fileOf(job: RunJob, role: StoredFile['role']): StoredFile {
  const file = job.files.find((candidate) => candidate.role === role);
  if (!file) throw new PipelineError('Processing error', `The project has no ${role} file on disk.`);
  return file;
}
