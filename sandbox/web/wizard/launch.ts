import { callApi } from '../lib/api.ts';
import { toConfig, type WizardFiles, type WizardValues } from './values.ts';

/** Sends everything and returns the new project's id. Throws with the server's sentence when it was refused. */
export async function launch(values: WizardValues, files: WizardFiles): Promise<string> {
  const body = new FormData();
  body.append('projectName', values.projectName);
  body.append('config', JSON.stringify(toConfig(values)));
  if (files.dataFile) body.append('dataFile', files.dataFile);
  if (files.surveyDocument) body.append('surveyDocument', files.surveyDocument);
  if (files.bannerPlan) body.append('bannerPlan', files.bannerPlan);
  const { projectId } = await callApi<{ projectId: string }>(
    '/api/projects/launch',
    { method: 'POST', body },
    'Launch failed',
  );
  return projectId;
}
