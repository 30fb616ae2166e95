import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['duplicate-name'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo');
  const [ada] = analysts;
  const name = scene.projectName('one name');
  const bundle = await scene.plainBundle;
  await Promise.all(analysts.map((analyst) => analyst.preparesLaunch(name, bundle)));

  const answers = await scene.together(analysts, (analyst) => analyst.launches());
  await ada.opensDashboard();
  await ada.board.waitFor((board) => board.has(name), `"${name}" on the dashboard`, scene.stepMs);

  const accepted = answers.filter((answer) => answer.accepted).length;
  const listed = ada.board.projects().filter((project) => project.name === name).length;
  const unclear = answers.find((answer) => !answer.accepted && answer.status !== 409);
  if (accepted !== 1 || listed !== 1)
    return `Of three launches of "${name}" ${accepted} were accepted, and the dashboard lists ${listed} projects of that name.`;
  if (unclear && !unclear.accepted)
    return `A launch of a name that was taken was refused with ${unclear.status} (${unclear.message}) instead of 409.`;
});
