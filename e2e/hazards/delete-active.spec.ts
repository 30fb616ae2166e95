import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['delete-active'], async (scene) => {
  const ada = await scene.admin('Ada');
  const [ben, cleo] = await scene.colleagues('Ben', 'Cleo');
  const name = scene.projectName('deleted at work');
  const bundle = await scene.plainBundle;
  await cleo.preparesLaunch(scene.projectName('next'), bundle);
  const { projectId } = await ben.launchesProject(name, bundle);
  const tookMs = await ben.timesBegin(projectId);
  await ben.does('waits until the run computes', () => ben.waitsForProgress(projectId, 12));

  const { status, message } = await ada.asksToDelete(projectId, name);
  if (status >= 400) {
    // Refused: it goes on as if nothing had been, until it is cancelled.
    const cancelled = await ben.asksToCancel();
    if (cancelled !== 200)
      return `"${name}" could not be deleted while it computed (${status} ${message}), and not be cancelled afterwards (${cancelled}).`;
    const again = await ada.asksToDelete(projectId, name);
    if (again.status >= 400) return `"${name}" was cancelled and cannot be deleted: ${again.status} ${again.message}`;
  }

  const isGone = (): boolean => ben.board.byId(projectId) === undefined;
  if (!(await scene.within(scene.graceMs, isGone)))
    return `"${name}" was deleted, and ${ben.name} is still shown it ${scene.graceMs / 1000} s later.`;
  // There is one slot: who comes next begins when the work has really stopped.
  const next = await cleo.launches();
  if (!next.accepted) throw new Error(`The next launch was refused with ${next.status}: ${next.message}`);
  const patienceMs = scene.beginsWithin(tookMs);
  if (!(await cleo.seesBegin(next.projectId, patienceMs)))
    return `"${name}" was deleted while it computed; the run that waits for its slot still stands at 0 % ${patienceMs / 1000} s later.`;
});
