import { probe } from '../../fixtures/probe.ts';
import { unrestOf } from '../../fixtures/scene-rest.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['cancel-reviewing'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const name = scene.projectName('cancelled instead of reviewed');
  const run = await ada.launchesProject(name, await scene.reviewedBundle);
  await ben.opensDashboard();
  await ada.waitsFor(run.projectId, ['pending_review'], scene.runMs);
  await ada.opensReview(run.projectId);
  await ada.cancelsFromReview();
  return unrestOf(scene, { name, ...run }, [ada, ben]);
});
