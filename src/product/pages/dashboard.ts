/** The dashboard: every project of the organisation, live. */
import type { Locator, Page } from '@playwright/test';
import { cardShape, ProjectCard } from './card.ts';
import { content } from './shell.ts';

export type TabName = 'All' | 'Active' | 'Completed' | 'Failed';

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
      // A page may keep the one that it does not show.
      .filter({ visible: true })
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

  /** Searches, counts the cards that are left when all others are gone or the time is over, and empties the box again. */
  async find(text: string, timeoutMs: number): Promise<number> {
    const box = content(this.#page).getByPlaceholder('Search projects...');
    await box.fill(text);
    const cards = this.#page.locator(cardShape.card);
    const others = cards.filter({ hasNotText: text }).first();
    await others.waitFor({ state: 'detached', timeout: timeoutMs }).catch(() => undefined); // The count says it.
    const left = await cards.count();
    await box.fill('');
    return left;
  }

  /** How many projects with this in their names are shown at this moment. */
  async countNamed(text: string): Promise<number> {
    return this.#page.locator(cardShape.card).filter({ hasText: text }).count();
  }

  /** How many cards are shown, and how many projects each tab says it holds, at one and the same moment. */
  async tally(): Promise<{ readonly cards: number; readonly tabs: Readonly<Record<TabName, number>> }> {
    const { cards, labels } = await this.#page.evaluate(
      (card) => ({
        cards: document.querySelectorAll(card).length,
        labels: [...document.querySelectorAll('main main [role=tab]')].map(({ textContent }) => textContent),
      }),
      cardShape.card,
    );
    // The number is left out at 0.
    const held = (name: TabName): number => {
      const label = labels.find((text) => text.trim().startsWith(name));
      if (label === undefined)
        throw new Error(`The dashboard has no tab "${name}"; its tabs are: ${labels.join(', ')}.`);
      return Number(label.replace(/\D/g, ''));
    };
    return {
      cards,
      tabs: { All: held('All'), Active: held('Active'), Completed: held('Completed'), Failed: held('Failed') },
    };
  }

  /** Shows the projects of one tab. */
  async showTab(name: TabName): Promise<void> {
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
