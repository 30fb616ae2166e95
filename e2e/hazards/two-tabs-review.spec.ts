import { probe } from '../../fixtures/probe.ts';
import { unrestOf } from '../../fixtures/scene-rest.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['two-tabs-review'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const secondTab = await ada.secondTab();
  const name = scene.projectName('saved and cancelled');
  const run = await ada.launchesProject(name, await scene.reviewedBundle);
  await ada.waitsFor(run.projectId, ['pending_review'], scene.runMs);
  await Promise.all([ada.opensReview(run.projectId), secondTab.opensReview(run.projectId), ben.opensDashboard()]);

  // Whether the review comes first and is cut short, or too late and is refused: the end is the same.
  await scene.together([ada, secondTab], async (tab) =>
    tab === ada ? void (await tab.savesReview()) : tab.cancelsFromReview(),
  );
  await ada.opensDashboard();
  return unrestOf(scene, { name, ...run }, [ada, secondTab, ben]);
});
