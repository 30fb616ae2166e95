import { probe } from '../../fixtures/probe.ts';
import { sends } from '../../fixtures/scene-acts.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['ghost-slot'], async (scene) => {
  const [ada, ben, cleo, dan] = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan');
  const working = [ada, ben, cleo];
  const bundle = await scene.plainBundle;
  const begun = await Promise.all(
    working.map(async (analyst) => {
      const { projectId } = await analyst.launchesProject(scene.projectName(`of ${analyst.name}`), bundle);
      return analyst.timesBegin(projectId);
    }),
  );
  const data = { namePrefix: scene.prefix };
  const cleaned = await sends(ada, 'cleans up', { method: 'POST', path: '/api/dev/load-test/cleanup', data });
  if (cleaned.status !== 200) throw new Error(`The clean-up was answered with ${cleaned.status}.`);

  const { projectId } = await dan.launchesProject(scene.projectName('afterwards'), bundle);
  const patienceMs = scene.beginsWithin(Math.max(...begun));
  if (!(await dan.seesBegin(projectId, patienceMs)))
    return `After three computing runs were cleaned up, a new one still stands at 0 % ${patienceMs / 1000} s after its launch: their work holds all slots.`;
});
