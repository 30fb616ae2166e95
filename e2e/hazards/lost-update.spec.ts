import { probe } from '../../fixtures/probe.ts';
import { sends } from '../../fixtures/scene-acts.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['lost-update'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const name = scene.projectName('with feedback');
  const { projectId, productRunId } = await ada.launchesProject(name, await scene.reviewedBundle);
  await ada.waitsFor(projectId, ['pending_review'], scene.runMs);
  await ada.opensReview(projectId);
  await ben.opensDashboard();
  const saved = ada.savesReview();
  await ben.waitsFor(projectId, ['resuming'], scene.stepMs);
  const path = `/api/runs/${productRunId}/feedback`;
  const data = { rating: 4, notes: 'as discussed', tableIds: [] };
  const given = await sends(ben, 'gives feedback meanwhile', { method: 'POST', path, data });
  if (given.status !== 200) throw new Error(`Feedback was answered with ${given.status}.`);
  await saved;

  await ben.waitsFor(projectId, ['success'], scene.runMs);
  const kept = await sends(ben, 'looks for the feedback', { method: 'GET', path });
  if (!JSON.stringify(kept.body).includes(data.notes))
    return `Feedback on "${name}" was accepted while the run went on, and is gone now that it has ended.`;
});
