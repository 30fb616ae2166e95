import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['zombie-run'], async (scene) => {
  const [ada] = await scene.colleagues('Ada');
  const name = scene.projectName('without a banner');
  const bundle = await scene.plainBundle;
  const { survey } = scene.filesOf(bundle);
  // A questionnaire is no banner plan.
  const { projectId } = await ada.launchesProject(name, bundle, { files: { banner: survey } });
  await ada.waitsFor(projectId, ['error'], scene.runMs);

  const after = (): string[] => ada.statusesOf(projectId).slice(ada.statusesOf(projectId).indexOf('error') + 1);
  await scene.within(scene.quietMs, () => after().length > 0);
  if (after().length > 0)
    return `"${name}" failed, and then showed ${after().join(', then ')} at ${ada.board.byId(projectId)?.progress ?? 0} %.`;
});
