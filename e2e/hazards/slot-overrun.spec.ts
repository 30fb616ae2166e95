import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

/** PRODUCT.md section 5. */
const slots = 3;

probe(catalogue['slot-overrun'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan', 'Eve');
  const [ada] = analysts;
  const bundle = await scene.reviewedBundle;
  const names = analysts.map(({ name }) => scene.projectName(`of ${name}`));
  await Promise.all(
    analysts.map(async (analyst, place) => {
      const { projectId } = await analyst.launchesProject(names[place] ?? '', bundle);
      await analyst.waitsFor(projectId, ['pending_review'], 2 * scene.runMs);
      await analyst.opensReview(projectId);
    }),
  );
  const saved = scene.together(analysts, (analyst) => analyst.savesReview());

  const resting = ['applying_review', 'waiting_for_tables'];
  const computing = (): number =>
    ada.board.projects().filter(({ status, stage = '' }) => status === 'resuming' && !resting.includes(stage)).length;
  let most = 0;
  const ended = (): boolean => names.every((name) => ada.board.byName(name)?.status === 'success');
  await scene.within(2 * scene.runMs, () => (most = Math.max(most, computing())) > slots || ended());
  await saved;
  if (most > slots) return `${most} runs computed at the same time after their reviews; the product allows ${slots}.`;
});
