import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['whole-list-push'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  await ada.opensDashboard();
  const reviewed = await ben.launchesProject(scene.projectName('under review'), await scene.reviewedBundle);
  await ada.waitsFor(reviewed.projectId, ['pending_review'], scene.runMs);
  const other = await ben.launchesProject(scene.projectName('another one'), await scene.plainBundle);
  await ada.waitsFor(other.projectId, ['in_progress'], scene.runMs);
  await ada.does('goes on watching', () => scene.within(scene.quietMs, () => ada.hasReceived('flaggedColumns')));
  if (ada.hasReceived('flaggedColumns'))
    return 'A dashboard, which shows a badge, was sent every column of the review of a run, and again with each change of another.';
});
