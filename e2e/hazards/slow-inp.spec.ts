import { probe } from '../../fixtures/probe.ts';
import { clicksThroughTabs } from '../../fixtures/scene-acts.ts';
import { catalogue } from './catalogue/index.ts';

/** Up to here an interaction counts as good: https://web.dev/articles/inp */
const goodInpMs = 200;

probe(catalogue['slow-inp'], async (scene) => {
  const [ada] = await scene.colleagues('Ada');
  // Without a project the dashboard has no tabs.
  await ada.launchesProject(scene.projectName('any'), await scene.plainBundle);
  await ada.opensDashboard();
  const blockedMs = await clicksThroughTabs(ada);
  // Every one of them: a busy machine makes some clicks slow, a busy page all.
  if (blockedMs.length >= 5 && Math.min(...blockedMs) > goodInpMs)
    return `Each of ${blockedMs.length} clicks on the dashboard's tabs kept the page busy for at least ${Math.round(Math.min(...blockedMs))} ms.`;
});
