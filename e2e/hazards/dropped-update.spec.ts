import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['dropped-update'], async (scene) => {
  const [ada, ben, cleo] = await scene.colleagues('Ada', 'Ben', 'Cleo');
  const name = scene.projectName('watched');
  await ada.opensDashboard();
  const { projectId } = await ben.launchesProject(name, await scene.plainBundle);
  await ada.does('sees the card appear', () => ada.dashboard.card(name).appears(scene.stepMs));
  await ben.asksToCancel();

  // Who opens the dashboard anew sees the truth, and is no measure of how long it may take.
  await cleo.opensDashboard();
  await cleo.seesOnCard(name, 'Cancelled', scene.stepMs);
  const shown = await ada.seesOnCard(name, 'Cancelled', scene.graceMs);
  // What was told, and then taken back by an older state, has not been dropped: that is `reordered-update`.
  const isTakenBack = ada.stepsBack().some(({ after }) => after.projectId === projectId);
  if (shown !== 'Cancelled' && !isTakenBack)
    return `"${name}" is cancelled on a dashboard opened anew; on one that was open all the time it shows "${shown ?? 'nothing'}" ${scene.graceMs / 1000} s later.`;
});
