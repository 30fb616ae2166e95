/** The first page of somebody who should be in already. */
import type { Page } from '@playwright/test';
import { dashboardHeading } from '../pages/dashboard.ts';
import { emailField, refusalPage } from './form.ts';
import { unsupportedHeading } from './unsupported.ts';

/** The product led somebody to its sign-in, or to its page of refusal, who should have been in. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver';
}

/** Loads the dashboard. @throws SessionOver as soon as something else than the dashboard is shown. */
export async function loadDashboard(page: Page): Promise<void> {
  await page.goto('/dashboard');
  const dashboard = dashboardHeading(page);
  const elsewhere = emailField(page).or(refusalPage(page)).or(unsupportedHeading(page));
  await dashboard.or(elsewhere).first().waitFor();
  if (await dashboard.isVisible()) return;
  const { origin, pathname } = new URL(page.url());
  throw new SessionOver(`The product led to ${origin}${pathname} instead of its dashboard.`);
}
