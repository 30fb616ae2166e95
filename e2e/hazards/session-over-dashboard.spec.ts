import { probe } from '../../fixtures/probe.ts';
import { isSentToSignIn, losesConnection, losesSession, signsInAgain } from '../../fixtures/scene-away.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['session-over-dashboard'], async (scene) => {
  const [ada] = await scene.remoteColleagues('Ada');
  const [ben, cleo] = await scene.colleagues('Ben', 'Cleo');
  const name = scene.projectName('watched');
  await ben.launchesProject(name, await scene.plainBundle);
  await ada.opensDashboard();
  await ada.does('sees the card', () => ada.dashboard.card(name).appears(scene.stepMs));
  await losesSession(ada);
  await losesConnection(ada);
  await ben.asksToCancel();
  await cleo.opensDashboard();
  await cleo.seesOnCard(name, 'Cancelled', scene.stepMs);

  // Either she still sees what is, or she is told that she does not.
  const card = ada.dashboard.card(name);
  const seesIt = async (): Promise<boolean> => (await card.status()) === 'Cancelled';
  const isTold = await ada.does('goes on watching', () =>
    scene.within(scene.graceMs, async () => (await isSentToSignIn(ada, 100)) || (await seesIt())),
  );
  if (!isTold)
    return `"${name}" was cancelled; the dashboard of ${ada.name}, whose session is over, shows "${(await card.status()) ?? 'nothing'}" ${scene.graceMs / 1000} s later, and she is not sent to sign in.`;
  await signsInAgain(ada);
  const shown = await ada.seesOnCard(name, 'Cancelled', scene.stepMs);
  if (shown !== 'Cancelled')
    return `"${name}" was cancelled while nobody was signed in; after the sign-in the dashboard shows "${shown ?? 'nothing'}".`;
});
