import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['tenant-leak'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const [zoe] = await scene.strangers('Zoe');
  const theirs = scene.projectName('of one organisation');
  await Promise.all([zoe.opensDashboard(), ben.opensDashboard()]);
  const { projectId } = await ada.launchesProject(theirs, await scene.plainBundle);
  await ben.does('sees the card appear', () => ben.dashboard.card(theirs).appears(scene.stepMs));

  // A change of her own organisation brings Zoe's tab whatever it would be sent.
  const own = scene.projectName('of the other');
  await zoe.launchesProject(own, await scene.plainBundle);
  await zoe.opensDashboard();
  await zoe.does('sees her own card', () => zoe.dashboard.card(own).appears(scene.stepMs));
  if (zoe.hasReceived(theirs) || zoe.hasReceived(projectId))
    return `"${theirs}" of ${ada.account.organization} was sent to ${zoe.account.email} of ${zoe.account.organization}.`;
});
