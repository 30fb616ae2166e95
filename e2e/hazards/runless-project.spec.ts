import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['runless-project'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const name = scene.projectName('cut off');
  const bundle = await scene.plainBundle;
  await ada.preparesLaunch(name, bundle);
  await ada.launchesAndLeaves(bundle);

  await ben.opensDashboard();
  const left = ben.board.byName(name);
  if (left?.runId !== undefined) throw new Error('The upload was over before the page was left.');
  if (left !== undefined) return `"${name}" is on the dashboard without a run, after an upload that broke off.`;
  await ben.preparesLaunch(name, bundle);
  const again = await ben.launches();
  if (!again.accepted)
    return `After an upload that broke off the name is not free any more: ${again.status} ${again.message}`;
});
