import { probe } from '../../fixtures/probe.ts';
import { downloadsWorkbook } from '../../fixtures/scene-acts.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['output-collision'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo');
  const bundle = await scene.plainBundle;
  const nameOf = ({ name }: { name: string }): string => scene.projectName(`of ${name}`);
  await Promise.all(analysts.map((analyst) => analyst.preparesLaunch(nameOf(analyst), bundle)));
  await scene.together(analysts, (analyst) => analyst.launches(), 0);

  for (const analyst of analysts) {
    const name = nameOf(analyst);
    const projectId = analyst.board.byName(name)?.projectId;
    if (projectId === undefined) throw new Error(`"${name}" was not launched.`);
    const end = await analyst.waitsFor(projectId, ['success', 'partial', 'error'], 2 * scene.runMs);
    if (end !== 'success') return `"${name}" ended as ${end}, while colleagues computed the same file.`;
    const { summary } = await downloadsWorkbook(analyst, { projectId, name, timeoutMs: scene.stepMs });
    const shown = summary.get('Project') ?? 'none';
    if (shown !== name) return `${analyst.name} downloads the workbook of "${name}" and gets that of "${shown}".`;
  }
});
