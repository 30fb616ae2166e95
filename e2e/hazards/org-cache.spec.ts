import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

probe(catalogue['org-cache'], async (scene) => {
  const gus = await scene.guest('Gus');
  const [[ada], [zoe]] = await Promise.all([scene.colleagues('Ada'), scene.strangers('Zoe')]);
  const [former, present] = [gus.account.organization, zoe.account.organization];
  const name = scene.projectName('of the present organisation');
  await gus.opensDashboard();
  await gus.changesOrganization(present);
  await gus.launchesProject(name, await scene.plainBundle);

  // The dashboards of both organisations, opened anew.
  await Promise.all([ada.opensDashboard(), zoe.opensDashboard()]);
  if (await scene.within(scene.graceMs, () => zoe.board.has(name))) return;
  if (!ada.board.has(name)) throw new Error(`"${name}" was launched and is on no dashboard.`);
  return `${gus.account.email} had changed from ${former} to ${present} and launched "${name}"; it is on the dashboard of ${former}.`;
});
