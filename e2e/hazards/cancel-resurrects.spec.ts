import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['cancel-resurrects'], async (scene) => {
  const [ada, ben, cleo, dan] = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan');
  const bundle = await scene.plainBundle;
  const working = [ada, ben, cleo];
  const names = [...working, dan].map(({ name }) => scene.projectName(`of ${name}`));
  await Promise.all([...working, dan].map((analyst, place) => analyst.preparesLaunch(names[place] ?? '', bundle)));
  await scene.together(working, (analyst) => analyst.launches(), 0);
  const queued = await dan.launches();
  if (!queued.accepted) throw new Error(`The launch was refused with ${queued.status}: ${queued.message}`);
  await dan.asksToCancel();
  await dan.waitsFor(queued.projectId, ['cancelled'], scene.stepMs);

  const after = (): string[] =>
    dan.statusesOf(queued.projectId).slice(dan.statusesOf(queued.projectId).indexOf('cancelled') + 1);
  const othersEnded = (): boolean => names.slice(0, 3).every((name) => dan.board.byName(name)?.status === 'success');
  await scene.within(scene.runMs, () => after().length > 0 || othersEnded());
  await scene.within(scene.quietMs, () => after().length > 0);
  if (after().length > 0) return `"${names[3] ?? ''}" was cancelled in the queue, and then ${after().join(', then ')}.`;
});
