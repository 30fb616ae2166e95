import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

const many = 1000;

probe(catalogue['thousand-projects'], async (scene) => {
  const [ada, ben, cleo] = await scene.colleagues('Ada', 'Ben', 'Cleo');
  const name = scene.projectName('among a thousand');
  await Promise.all([ada.opensDashboard(), ben.launchesProject(name, await scene.plainBundle)]);
  await ada.does('sees the card appear', () => ada.dashboard.card(name).appears(scene.stepMs));
  const listed = ada.board.projects().length;
  if (listed <= many) throw new Error(`The scene is of ${many} projects, and there are ${listed}.`);
  await ben.asksToCancel();
  await cleo.opensDashboard();
  await cleo.seesOnCard(name, 'Cancelled', scene.stepMs);
  const shown = await ada.seesOnCard(name, 'Cancelled', scene.graceMs);
  if (shown !== 'Cancelled')
    return `Among ${listed} projects "${name}" was cancelled; a dashboard that was open shows "${shown ?? 'nothing'}" ${scene.graceMs / 1000} s later.`;

  const found = await ada.does('searches for the project', () => ada.dashboard.find(name, scene.graceMs));
  if (found !== 1) return `A search for "${name}" among ${listed} projects leaves ${found} of them.`;

  for (const tab of ['Active', 'Completed', 'Failed', 'All'] as const) {
    const { cards, tabs } = await ada.does(`counts the cards under ${tab}`, async () => {
      await ada.dashboard.showTab(tab);
      return ada.dashboard.tally();
    });
    if (cards !== tabs[tab]) return `The tab "${tab}" says ${tabs[tab]} and shows ${cards} projects.`;
    if (tabs.All !== tabs.Active + tabs.Completed + tabs.Failed)
      return `The tabs say ${tabs.Active}, ${tabs.Completed} and ${tabs.Failed} projects, which are not the ${tabs.All} of all.`;
  }
  const counts = await Promise.all([ada, cleo].map(async ({ dashboard }) => (await dashboard.tally()).tabs.All));
  if (counts.some((count) => count !== listed))
    return `Two dashboards count ${counts.join(' and ')} projects; the product listed ${listed}.`;
});
