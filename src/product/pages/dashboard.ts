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

  /** Types into the search box, if there is anything to search, and waits until only what matches is left. */
  async search(text: string): Promise<void> {
    const box = content(this.#page).getByPlaceholder('Search projects...');
    if ((await box.count()) === 0) return;
    await box.fill(text);
    await content(this.#page).getByText(`No projects matching "${text}"`).or(this.card(text).root).first().waitFor();
    await box.fill('');
  }

  /** Shows the projects of one tab. */
  async showTab(name: 'All' | 'Active' | 'Completed' | 'Failed'): Promise<void> {
    await content(this.#page)
      .getByRole('tab', { name: new RegExp(`^${name}\\b`) })
      .click();
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
