import { probe } from '../../fixtures/probe.ts';
import { whileAsleep } from '../../fixtures/scene-away.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['page-asleep'], async (scene) => {
  const [ada] = await scene.remoteColleagues('Ada');
  const [ben] = await scene.colleagues('Ben');
  const bundle = await scene.plainBundle;
  const [old, fresh, own] = ['before', 'meanwhile', 'prepared before'].map((when) => scene.projectName(when));
  if (old === undefined || fresh === undefined || own === undefined) throw new Error('Three names make three.');
  const wizard = await ada.secondTab();
  await Promise.all([wizard.preparesLaunch(own, bundle), ben.launchesProject(old, bundle)]);
  await ada.opensDashboard();
  await ada.does('sees the card', () => ada.dashboard.card(old).appears(scene.stepMs));

  await whileAsleep([ada, wizard], async () => {
    await ben.asksToCancel();
    await ben.launchesProject(fresh, bundle);
    await ben.opensDashboard();
    await ben.seesOnCard(old, 'Cancelled', scene.stepMs);
  });

  const shown = await ada.seesOnCard(old, 'Cancelled', scene.graceMs);
  if (shown !== 'Cancelled')
    return `"${old}" was cancelled while a laptop slept; ${scene.graceMs / 1000} s after it woke its dashboard shows "${shown ?? 'nothing'}".`;
  const isListed = async (): Promise<boolean> => (await ada.dashboard.card(fresh).status()) !== undefined;
  if (!(await scene.within(scene.graceMs, isListed)))
    return `"${fresh}" was launched while a laptop slept, and is not on its dashboard.`;
  const answer = await wizard.launches();
  if (!answer.accepted)
    return `A project that was prepared before a laptop slept cannot be launched afterwards: ${answer.status} ${answer.message}`;
});
