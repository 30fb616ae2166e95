import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['starved-queue'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan', 'Eve');
  const bundle = await scene.plainBundle;
  const names = analysts.map(({ name }) => scene.projectName(`of ${name}`));
  await Promise.all(analysts.map((analyst, place) => analyst.preparesLaunch(names[place] ?? '', bundle)));
  await scene.together(analysts, (analyst) => analyst.launches(), 0);

  const [ada] = analysts;
  const failed = (): string | undefined =>
    names.find((name) => ada.statusesOf(ada.board.byName(name)?.projectId ?? '').includes('error'));
  const allBegun = (): boolean => names.every((name) => (ada.board.byName(name)?.progress ?? 0) > 0);
  await scene.within(2 * scene.runMs, () => failed() !== undefined || allBegun());
  const victim = failed();
  if (victim !== undefined) return `"${victim}" waited for its turn and was marked as an error.`;
});
