import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['lost-on-restart'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan');
  const [eve, fay] = await scene.colleagues('Eve', 'Fay');
  const [ada] = analysts;
  const bundle = await scene.plainBundle;
  const names = analysts.map(({ name }) => scene.projectName(`of ${name}`));
  const [later, unfinished] = [scene.projectName('after the restart'), scene.projectName('half described')];
  await Promise.all([
    ...analysts.map((analyst, place) => analyst.preparesLaunch(names[place] ?? '', bundle)),
    eve.preparesLaunch(later, bundle),
    fay.beginsProject(unfinished, { hasBanner: true }),
  ]);
  await scene.together(analysts, (analyst) => analyst.launches(), 0);
  await scene.product.restart('kill');

  // Whoever was in the wizard goes on where they were.
  const answer = await eve.launches();
  if (!answer.accepted)
    return `A launch that was prepared before a restart is refused after it: ${answer.status} ${answer.message}`;
  const complaint = await fay.does('hands over the files', () =>
    fay.wizard.offer(scene.filesOf(bundle), scene.graceMs),
  );
  if (complaint !== undefined)
    return `A wizard that was open during a restart takes no files after it: ${complaint || 'it does not say why'}`;

  // A run that is launched afterwards and ends says that those before it had their time.
  await ada.opensDashboard();
  const ended = (name: string): boolean =>
    ['success', 'partial', 'error', 'cancelled'].includes(ada.board.byName(name)?.status ?? '');
  await ada.waitsFor(answer.projectId, ['success'], 2 * scene.runMs);
  await scene.within(scene.graceMs, () => names.every(ended));
  const forgotten = names.filter((name) => !ended(name));
  if (forgotten.length > 0)
    return `After a restart ${forgotten.length} of ${names.length} runs stay as they were, while one that was launched later has ended: ${forgotten.join(', ')}.`;
});
