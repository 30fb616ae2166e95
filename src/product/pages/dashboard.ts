/** The dashboard: every project of the organisation, live. */
import { expect, type Locator, type Page } from '@playwright/test';
import { cardShape, ProjectCard } from './card.ts';
import { content } from './shell.ts';

export function dashboardHeading(page: Page): Locator {
  return page.getByRole('heading', { level: 1, name: 'Projects', exact: true });
}

export type DashboardTab = 'All' | 'Active' | 'Completed' | 'Failed';

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

  /** Opens a tab; its name may be followed by a count. */
  async openTab(tab: DashboardTab): Promise<void> {
    const button = content(this.#page).getByRole('tab', { name: new RegExp(`^${tab}(\\s*\\d+)?$`) });
    await button.click();
    await expect(button).toHaveAttribute('aria-selected', 'true');
  }

  /** Which end a finished project shows: success and error differ on its card by the tab alone. */
  async endOf(name: string, timeoutMs: number): Promise<'Completed' | 'Failed'> {
    await this.openTab('Completed');
    const completed = this.card(name).root;
    try {
      await completed.waitFor({ timeout: Math.min(timeoutMs, 5000) });
      return 'Completed';
    } catch (cause) {
      await this.openTab('Failed');
      await this.card(name)
        .root.waitFor({ timeout: timeoutMs })
        .catch(() => {
          throw new Error(
            `"${name}" has no status badge any more, but stands neither under Completed nor under Failed.`,
            { cause },
          );
        });
      return 'Failed';
    } finally {
      await this.openTab('All');
    }
  }

  /** When this document was loaded (milliseconds since 1970): the same before and after means that there was no reload. */
  async loadedAt(): Promise<number> {
    return this.#page.evaluate(() => performance.timeOrigin);
  }
}
