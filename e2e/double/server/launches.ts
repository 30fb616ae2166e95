/** Uploads: a data file that is validated, and the launch. */
import type { Call } from './api.ts';
import { flaggedColumns } from './banner.ts';
import { formOf, json, Refusal } from './http.ts';
import { readSavHeader } from './sav-header.ts';
import { newId, type Project, type Run, type RunConfig } from './state.ts';

const weightName = /^(final_)?(weight|wt|wtvar|wgt)$/i;
const extensions = { dataFile: /\.sav$/i, surveyDocument: /\.(pdf|docx?)$/i, bannerPlan: /\.(pdf|docx?)$/i } as const;

export async function validateData({ ask, response }: Call): Promise<void> {
  const file = (await formOf(ask.request)).get('dataFile');
  if (!(file instanceof File)) throw new Refusal(400, 'Missing required field: dataFile (.sav)');
  if (!extensions.dataFile.test(file.name)) throw new Refusal(400, 'Data file must be a .sav (SPSS) file');
  const about = { isStacked: false, stackedWarning: null, loopSummary: { hasLoops: false, loopCount: 0 } };
  try {
    const { respondents, variables } = readSavHeader(Buffer.from(await file.arrayBuffer()));
    const weightCandidates = variables
      .filter((name) => weightName.test(name))
      .map((column) => ({ column, label: column, score: 0.9, mean: 1 }));
    const counts = { rowCount: respondents, columnCount: variables.length };
    json(response, 200, { ...counts, weightCandidates, ...about, errors: [], canProceed: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const errors = [{ message, severity: 'error' }];
    json(response, 200, { rowCount: 0, columnCount: 0, weightCandidates: [], ...about, errors, canProceed: false });
  }
}

export async function launch({ ask, response, person, state, pipeline }: Call): Promise<void> {
  const form = await formOf(ask.request);
  const file = (field: keyof typeof extensions): File | undefined => {
    const value = form.get(field);
    return value instanceof File && value.size > 0 ? value : undefined;
  };
  const [data, survey, banner] = [file('dataFile'), file('surveyDocument'), file('bannerPlan')];
  if (!data || !survey) throw new Refusal(400, 'Missing required files: dataFile and surveyDocument are required');
  const [name, config] = [form.get('projectName'), form.get('config')];
  if (typeof name !== 'string' || name.trim() === '' || typeof config !== 'string')
    throw new Refusal(400, 'Missing required fields: config and projectName');
  if (!extensions.dataFile.test(data.name) || !extensions.surveyDocument.test(survey.name))
    throw new Refusal(400, 'Invalid file format');
  if (state.isTaken(person.orgId, name))
    throw new Refusal(409, `A project named "${name}" already exists. Please choose a different name.`);
  const settings = readConfig(config);
  const { variables } = readSavHeader(Buffer.from(await data.arrayBuffer()));
  // Asked again, now that nothing is waited for: the losers of a race get no 409 but this.
  if (state.isTaken(person.orgId, name)) throw new Refusal(500, 'Project launch failed');
  const project: Project = {
    _id: newId(),
    _creationTime: Date.now(),
    orgId: person.orgId,
    name,
    projectType: 'crosstab',
    config: settings,
    intake: {
      dataMap: null,
      dataFile: data.name,
      bannerPlan: banner?.name ?? null,
      survey: survey.name,
      messageList: null,
      bannerMode: settings.bannerMode,
    },
    fileKeys: [],
    createdBy: person.id,
  };
  const run: Run = {
    _id: newId(),
    _creationTime: Date.now(),
    projectId: project._id,
    orgId: person.orgId,
    launchedBy: person.id,
    config: settings,
    status: 'in_progress',
    stage: 'uploading',
    progress: 0,
    message: 'Starting pipeline...',
    cancelRequested: false,
  };
  state.projects.set(project._id, project);
  state.runs.set(run._id, run);
  state.commit('projects', 'runs');
  json(response, 200, { accepted: true, runId: run._id, projectId: project._id, sessionId: newId() });
  pipeline.execute(run, flaggedColumns(variables, settings.bannerMode), variables.length).catch((error: unknown) => {
    // The double is being stopped: nobody is there to be told.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  });
}

/** @throws Refusal when it is no configuration. */
function readConfig(text: string): RunConfig {
  try {
    const given = JSON.parse(text) as Partial<RunConfig>;
    return {
      displayMode: given.displayMode ?? 'frequency',
      separateWorkbooks: given.separateWorkbooks ?? false,
      weightVariable: given.weightVariable ?? null,
      theme: given.theme ?? 'classic',
      bannerMode: given.bannerMode ?? 'upload',
    };
  } catch {
    throw new Refusal(400, 'Invalid config');
  }
}
