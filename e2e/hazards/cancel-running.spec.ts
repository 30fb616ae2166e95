import { probe } from '../../fixtures/probe.ts';
import { unrestOf } from '../../fixtures/scene-rest.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['cancel-running'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const name = scene.projectName('cancelled at work');
  const bundle = await scene.plainBundle;
  await ben.preparesLaunch(scene.projectName('next'), bundle);
  const run = await ada.launchesProject(name, bundle);
  const tookMs = await ada.timesBegin(run.projectId);
  await ada.does('waits until the run computes', () => ada.waitsForProgress(run.projectId, 12));
  const status = await ada.asksToCancel();
  if (status !== 200) return `A computing run cannot be cancelled: the product answers ${status}.`;

  // There is one slot: who comes next begins when the work has really stopped.
  const next = await ben.launches();
  if (!next.accepted) throw new Error(`The next launch was refused with ${next.status}: ${next.message}`);
  const patienceMs = scene.beginsWithin(tookMs);
  if (!(await ben.seesBegin(next.projectId, patienceMs)))
    return `"${name}" was cancelled while it computed; the run that waits for its slot still stands at 0 % ${patienceMs / 1000} s later.`;
  await Promise.all([ada.opensDashboard(), ben.opensDashboard()]);
  return unrestOf(scene, { name, ...run }, [ada, ben]);
});
