import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['cancel-overwritten'], async (scene) => {
  const [ada] = await scene.colleagues('Ada');
  const name = scene.projectName('cancelled at the end');
  const { projectId } = await ada.launchesProject(name, await scene.plainBundle);
  await scene.within(scene.runMs, () => (ada.board.byId(projectId)?.progress ?? 0) >= 92);
  await scene.together([ada], () => ada.cancelsIfPossible());
  await ada.waitsFor(projectId, ['cancelled', 'success', 'error'], scene.runMs);

  const endings = (): string[] => ada.statusesOf(projectId).filter((status) => status !== 'in_progress');
  await scene.within(scene.quietMs, () => endings().length > 1);
  if (endings().length > 1) return `"${name}" ended as ${endings().join(' and then as ')}.`;
});
