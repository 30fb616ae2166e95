import { probe } from '../../fixtures/probe.ts';
import { losesNetwork, regainsNetwork } from '../../fixtures/scene-away.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['no-resync'], async (scene) => {
  const [ada] = await scene.remoteColleagues('Ada');
  const [ben, cleo] = await scene.colleagues('Ben', 'Cleo');
  const name = scene.projectName('changed meanwhile');
  await ben.launchesProject(name, await scene.plainBundle);
  await ada.opensDashboard();
  await ada.does('sees the card', () => ada.dashboard.card(name).appears(scene.stepMs));
  await losesNetwork(ada);
  await ben.asksToCancel();
  await cleo.opensDashboard();
  await cleo.seesOnCard(name, 'Cancelled', scene.stepMs);

  await regainsNetwork(ada, scene.stepMs);
  const shown = await ada.seesOnCard(name, 'Cancelled', scene.graceMs);
  if (shown !== 'Cancelled')
    return `"${name}" was cancelled while a dashboard was cut off; ${scene.graceMs / 1000} s after it is back it shows "${shown ?? 'nothing'}".`;
});
