import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['stale-review'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const name = scene.projectName('cancelled under review');
  const { projectId } = await ada.launchesProject(name, await scene.reviewedBundle);
  await ada.waitsFor(projectId, ['pending_review'], scene.runMs);
  await Promise.all([ada.opensReview(projectId), ben.opensReview(projectId)]);

  await ben.does('cancels the run from its review', () => ben.review.cancelRun());
  await ben.waitsFor(projectId, ['cancelled'], scene.stepMs);
  const { status, message } = await ada.savesReview();

  if (status === 200) return `The review of "${name}" was accepted (${message}) after the run had been cancelled.`;
  const revived = ben.statusesOf(projectId).slice(ben.statusesOf(projectId).indexOf('cancelled') + 1);
  if (revived.length > 0) return `"${name}" was cancelled and then ${revived.join(', then ')}.`;
});
