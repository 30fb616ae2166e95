/** What surrounds every page: the sidebar, and the toasts. */
import type { Locator, Page } from '@playwright/test';

/** The page's own content: PRODUCT.md promises it in a `main` inside `main`. */
export function content(page: Page): Locator {
  return page.locator('main main');
}

export class Shell {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes to the dashboard by the sidebar: a soft navigation, the socket stays. */
  async toDashboard(): Promise<void> {
    await this.#sidebarButton('Dashboard').click();
    await this.#page.waitForURL('**/dashboard');
  }

  /** Opens the wizard by the sidebar. */
  async toNewProject(): Promise<void> {
    await this.#sidebarButton('New Project').click();
    await this.#page.waitForURL('**/projects/new');
  }

  /** A toast with this title; failures say what went wrong in the second line. */
  toast(title: string): Locator {
    return this.#page.locator('li[data-sonner-toast]').filter({ hasText: title });
  }

  /** The toast of a failure, whatever its title. */
  get failure(): Locator {
    return this.#page.locator('li[data-sonner-toast][data-type=error]').first();
  }

  /** Sidebar buttons come before the page's own of the same name. */
  #sidebarButton(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true }).first();
  }
}
