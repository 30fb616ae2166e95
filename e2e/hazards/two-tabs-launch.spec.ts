import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['two-tabs-launch'], async (scene) => {
  const [ada] = await scene.colleagues('Ada');
  const tabs = [ada, await ada.secondTab()];
  const name = scene.projectName('launched from two tabs');
  const bundle = await scene.plainBundle;
  await Promise.all(tabs.map((tab) => tab.preparesLaunch(name, bundle)));

  const answers = await scene.together(tabs, (tab) => tab.launches());
  await Promise.all(tabs.map((tab) => tab.opensDashboard()));
  await scene.within(scene.graceMs, () => tabs.every(({ board }) => board.has(name)));

  const accepted = answers.filter((answer) => answer.accepted).length;
  const listed = tabs.map(({ board }) => board.projects().filter((project) => project.name === name).length);
  if (accepted !== 1 || listed.some((count) => count !== 1))
    return `Of two launches of "${name}" from two tabs of one analyst ${accepted} were accepted; the tabs list ${listed.join(' and ')} projects of that name.`;
});
