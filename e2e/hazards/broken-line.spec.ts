import { probe } from '../../fixtures/probe.ts';
import { losesConnection } from '../../fixtures/scene-away.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['broken-line'], async (scene) => {
  const [ada] = await scene.remoteColleagues('Ada');
  const [ben, cleo] = await scene.colleagues('Ben', 'Cleo');
  const name = scene.projectName('cancelled meanwhile');
  await ben.launchesProject(name, await scene.plainBundle);
  await ada.opensDashboard();
  await ada.does('sees the card', () => ada.dashboard.card(name).appears(scene.stepMs));
  const before = ada.reconnects;
  await scene.together<unknown>([ada, ben], (analyst) => (analyst === ada ? losesConnection(ada) : ben.asksToCancel()));
  await cleo.opensDashboard();
  await cleo.seesOnCard(name, 'Cancelled', scene.stepMs);

  // Nobody tells the page that the network is back: it has to notice the loss, and come back, by itself.
  const isBack = await ada.does('waits for the connection', () =>
    scene.within(scene.stepMs, () => ada.reconnects > before),
  );
  if (!isBack) return `A dashboard whose connection broke off has not come back ${scene.stepMs / 1000} s later.`;
  const shown = await ada.seesOnCard(name, 'Cancelled', scene.graceMs);
  if (shown !== 'Cancelled')
    return `"${name}" was cancelled while a connection broke off; ${scene.graceMs / 1000} s after it is back its dashboard shows "${shown ?? 'nothing'}".`;
});
