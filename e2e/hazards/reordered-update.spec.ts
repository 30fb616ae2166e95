import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['reordered-update'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan');
  const [ada, ...working] = analysts;
  const bundle = await scene.plainBundle;
  await ada.opensDashboard();
  const launched = await Promise.all(
    working.map((analyst) => analyst.launchesProject(scene.projectName(`of ${analyst.name}`), bundle)),
  );

  const isDone = ({ projectId }: { projectId: string }): boolean => ada.board.byId(projectId)?.status === 'success';
  await scene.within(scene.runMs, () => ada.stepsBack().length > 0 || launched.every(isDone));
  const [back] = ada.stepsBack();
  if (back)
    return `A dashboard was told of ${back.after.status} at ${back.after.progress} % after ${back.before.status} at ${back.before.progress} % of the same run.`;
});
