import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['double-review'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const name = scene.projectName('reviewed twice');
  const { projectId } = await ada.launchesProject(name, await scene.reviewedBundle);
  await ada.waitsFor(projectId, ['pending_review'], scene.runMs);
  await Promise.all([ada.opensReview(projectId), ben.opensReview(projectId)]);

  const answers = await scene.together([ada, ben], (analyst) => analyst.savesReview());

  const accepted = answers.filter(({ status }) => status === 200).length;
  if (accepted !== 1)
    return `Of two saves of the review of "${name}" ${accepted} were accepted (${answers.map(({ status }) => status).join(', ')}).`;
  const [loser, refusal] = answers[0]?.status === 200 ? [ben, answers[1]] : [ada, answers[0]];
  if (!(await loser.review.tells(refusal?.message ?? '', scene.graceMs)))
    return `${loser.name}, whose decisions for "${name}" were refused, is not told so.`;
});
