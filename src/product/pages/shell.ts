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

  /** Opens the settings by the sidebar. */
  async toSettings(): Promise<void> {
    await this.#sidebarButton('Settings').click();
    await this.#page.waitForURL('**/settings');
  }

  /** Goes on in another organisation of the same person, by the user menu: its dashboard is loaded anew. */
  async changeOrganization(name: string): Promise<void> {
    await this.#choose(`Switch to ${name}`);
    await this.#page.waitForURL('**/dashboard');
  }

  /** Signs out, by the user menu: resolves when the page that this leads to is loaded. */
  async signOut(): Promise<void> {
    await this.#choose('Sign out');
  }

  /** Chooses what the user menu offers and what loads another page. */
  async #choose(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: /^\p{Lu}{1,3}$/u }).click();
    const loaded = this.#page.waitForEvent('load');
    await Promise.all([loaded, this.#page.getByRole('menuitem', { name, exact: true }).click()]);
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
