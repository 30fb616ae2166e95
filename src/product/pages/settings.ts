/** The settings of a person and their organisation. */
import type { Locator, Page } from '@playwright/test';
import { content } from './shell.ts';

/** When a request went and when its answer was there, by the clock of the page. Milliseconds since 1970. */
export interface Exchange {
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** To what somebody belongs, and as what. */
export interface Membership {
  readonly organization: string;
  readonly email: string;
  readonly role: keyof typeof roleLabels;
}

/** How the product shows roles. */
export const roleLabels = { admin: 'Admin', member: 'Member', external_partner: 'Partner' } as const;

const preferencesPath = '/api/notifications/preferences';

export class SettingsPage {
  readonly #page: Page;
  readonly #timeoutMs: number;

  constructor(page: Page, timeoutMs: number) {
    this.#page = page;
    this.#timeoutMs = timeoutMs;
  }

  /** Loads the settings anew; resolves with the request that reads the preferences. */
  async load(): Promise<Exchange> {
    await this.#page.goto('/settings');
    await this.isShown();
    return this.#exchange('already there');
  }

  /** Resolves when the settings are shown with the preferences. */
  async isShown(): Promise<void> {
    await this.#notifications.and(this.#page.locator(':enabled')).waitFor({ timeout: this.#timeoutMs });
  }

  /** Compares what the settings that are shown say about the person signed in with what is expected. @throws when it is something else. */
  async tells({ organization, email, role }: Membership): Promise<void> {
    const profile = await this.#cardText('Your Profile');
    const expected: readonly (readonly [string, string, string])[] = [
      ['organization', await this.#cardText('Organization'), organization],
      ['address', profile, email],
      ['role', profile, roleLabels[role]],
    ];
    const wrong = expected.filter(([, shown, known]) => !shown.includes(known));
    if (wrong.length > 0)
      throw new Error(
        `The settings of ${email} are not as expected: ${wrong.map(([what, shown, known]) => `${what} "${shown}" instead of "${known}"`).join('; ')}.`,
      );
  }

  async #cardText(title: string): Promise<string> {
    const card = content(this.#page)
      .locator('[data-slot=card]')
      .filter({ has: this.#page.locator('[data-slot=card-title]', { hasText: new RegExp(`^${title}$`) }) });
    const text = await card.innerText({ timeout: this.#timeoutMs });
    return text.replace(/\s+/g, ' ').replace(title, '').trim();
  }

  /** Turns mails about runs on or off; resolves with the request that saves it. */
  async switchNotifications(): Promise<Exchange> {
    const [exchange] = await Promise.all([this.#exchange('to come'), this.#notifications.click()]);
    return exchange;
  }

  /** Clicks that switch several times, faster than anything is saved. */
  async clickNotifications(times: number): Promise<void> {
    await this.#notifications.click({ clickCount: times });
  }

  /** The only switch of the page; it has no name. */
  get #notifications(): Locator {
    return content(this.#page).getByRole('switch');
  }

  /** The last request for the preferences, or the next one. @throws when there is none in time. */
  #exchange(which: 'already there' | 'to come'): Promise<Exchange> {
    return this.#page.evaluate(
      ({ path, buffered, timeoutMs }) =>
        new Promise<Exchange>((resolve, reject) => {
          const observer = new PerformanceObserver((list) => {
            const entry = (list.getEntries() as PerformanceResourceTiming[]).findLast(
              ({ name }) => new URL(name).pathname === path,
            );
            if (!entry) return;
            observer.disconnect();
            clearTimeout(timer);
            const { timeOrigin } = performance;
            resolve({ askedAt: timeOrigin + entry.startTime, answeredAt: timeOrigin + entry.responseEnd });
          });
          const timer = window.setTimeout(() => {
            observer.disconnect();
            reject(new Error(`${path} was not answered within ${timeoutMs / 1000} s.`));
          }, timeoutMs);
          observer.observe({ type: 'resource', buffered });
        }),
      { path: preferencesPath, buffered: which === 'already there', timeoutMs: this.#timeoutMs },
    );
  }
}
