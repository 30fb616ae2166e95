/** A journey that creates nothing: an analyst looks around on the dashboard. Safe on any product, and free. */
import type { Analyst } from '../../fixtures/test.ts';
import { arrive } from './arrive.ts';

export async function browseJourney(analyst: Analyst): Promise<void> {
  const { dashboard, shell, wizard } = analyst;
  await arrive(analyst);
  await analyst.pause();
  await analyst.step('search', () => dashboard.search(analyst.projectName));
  await analyst.pause();
  await analyst.step('open-wizard', async () => {
    await shell.toNewProject();
    await wizard.isShown();
  });
  await analyst.pause();
  await analyst.step('return-to-dashboard', async () => {
    await shell.toDashboard();
    await dashboard.isShown();
  });
}
