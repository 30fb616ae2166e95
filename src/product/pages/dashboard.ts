/** The dashboard: every project of the organisation, live. */
import type { Locator, Page } from '@playwright/test';
import { cardShape, ProjectCard } from './card.ts';
import { content } from './shell.ts';

export function dashboardHeading(page: Page): Locator {
  return page.getByRole('heading', { level: 1, name: 'Projects', exact: true });
}

export class DashboardPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Loads the dashboard anew. */
  async load(): Promise<void> {
    await this.#page.goto('/dashboard');
    await this.isShown();
  }

  /** Resolves when the dashboard is shown with its first list. */
  async isShown(): Promise<void> {
    await dashboardHeading(this.#page).waitFor();
    await content(this.#page)
      .getByPlaceholder('Search projects...')
      .or(content(this.#page).getByText('No projects yet', { exact: false }))
      .first()
      .waitFor();
  }

  card(name: string): ProjectCard {
    const root = this.#page.locator(cardShape.card).filter({ has: this.#page.getByText(name, { exact: true }) });
    return new ProjectCard(root, name);
  }

  /** When this document was loaded (milliseconds since 1970): the same before and after means that there was no reload. */
  async loadedAt(): Promise<number> {
    return this.#page.evaluate(() => performance.timeOrigin);
  }
}
