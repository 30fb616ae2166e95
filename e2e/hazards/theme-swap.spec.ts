import { probe } from '../../fixtures/probe.ts';
import { downloadsWorkbook } from '../../fixtures/scene-acts.ts';
import { catalogue } from './catalogue/index.ts';

/** Different data files, so that only the theme can be mistaken. */
const orders = [
  { bundle: 'coffee-loyalty', theme: 'Classic' },
  { bundle: 'home-energy', theme: 'Tropical' },
  { bundle: 'banking-app', theme: 'Bold' },
] as const;

probe(catalogue['theme-swap'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo');
  const nameOf = ({ name }: { name: string }): string => scene.projectName(`of ${name}`);
  await Promise.all(
    analysts.map(async (analyst, place) => {
      const { bundle, theme } = orders[place % orders.length] ?? orders[0];
      await analyst.preparesLaunch(nameOf(analyst), await scene.bundle(bundle), { theme });
    }),
  );
  await scene.together(analysts, (analyst) => analyst.launches(), 0);

  const wearers = new Map<string, string>();
  for (const analyst of analysts) {
    const name = nameOf(analyst);
    const projectId = analyst.board.byName(name)?.projectId;
    if (projectId === undefined) throw new Error(`"${name}" was not launched.`);
    await analyst.waitsFor(projectId, ['success'], 2 * scene.runMs);
    const { tables } = await downloadsWorkbook(analyst, { projectId, name, timeoutMs: scene.stepMs });
    const colour = tables[0]?.headerFills[0] ?? 'none';
    const other = wearers.get(colour);
    if (other !== undefined)
      return `${other} and ${analyst.name} chose different themes, and both workbooks come in the colour ${colour}.`;
    wearers.set(colour, analyst.name);
  }
});
