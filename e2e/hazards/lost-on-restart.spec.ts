import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['lost-on-restart'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan');
  const [ada, , , dan] = analysts;
  const bundle = await scene.plainBundle;
  const names = analysts.map(({ name }) => scene.projectName(`of ${name}`));
  await Promise.all(analysts.map((analyst, place) => analyst.preparesLaunch(names[place] ?? '', bundle)));
  await scene.together(analysts, (analyst) => analyst.launches(), 0);
  await scene.product.restart('kill');

  // A run that is launched afterwards and ends says that those before it had their time.
  await ada.opensDashboard();
  const later = await dan.launchesProject(scene.projectName('after the restart'), bundle);
  const ended = (name: string): boolean =>
    ['success', 'partial', 'error', 'cancelled'].includes(ada.board.byName(name)?.status ?? '');
  await ada.waitsFor(later.projectId, ['success'], 2 * scene.runMs);
  await scene.within(scene.graceMs, () => names.every(ended));
  const forgotten = names.filter((name) => !ended(name));
  if (forgotten.length > 0)
    return `After a restart ${forgotten.length} of ${names.length} runs stay as they were, while one that was launched later has ended: ${forgotten.join(', ')}.`;
});
