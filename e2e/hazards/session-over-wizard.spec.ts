import { probe } from '../../fixtures/probe.ts';
import { isSentToSignIn, losesSession, signsInAgain } from '../../fixtures/scene-away.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['session-over-wizard'], async (scene) => {
  const [ada, ben, cleo] = await scene.colleagues('Ada', 'Ben', 'Cleo');
  const bundle = await scene.plainBundle;
  const files = scene.filesOf(bundle);
  const journeys = [
    { analyst: ada, what: 'hands over the files', name: scene.projectName('over at the upload') },
    { analyst: ben, what: 'clicks Launch Pipeline', name: scene.projectName('over at the launch') },
  ] as const;
  const [uploading, launching] = journeys;
  await Promise.all([
    ada.beginsProject(uploading.name, { hasBanner: files.banner !== undefined }),
    ben.preparesLaunch(launching.name, bundle),
  ]);
  await Promise.all([losesSession(ada), losesSession(ben)]);

  // The page may leave in the middle of this.
  const handed = ada.does(uploading.what, () => ada.wizard.upload(files)).catch(() => undefined);
  await ben.does(launching.what, () => ben.wizard.clickLaunch());
  for (const { analyst, what } of journeys)
    if (!(await isSentToSignIn(analyst, scene.graceMs)))
      return `${analyst.name}, whose session is over, ${what}, and is not sent to sign in.`;
  await handed;

  await cleo.opensDashboard();
  for (const { analyst, name } of journeys) {
    if (cleo.board.has(name)) return `"${name}", which ${analyst.name} could not finish, is on the dashboard.`;
    await signsInAgain(analyst);
    await analyst.preparesLaunch(name, bundle);
    const answer = await analyst.launches();
    if (!answer.accepted)
      return `After signing in again ${analyst.name} cannot launch "${name}": ${answer.status} ${answer.message}`;
  }
});
