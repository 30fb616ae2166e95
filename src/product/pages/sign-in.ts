/** The hosted sign-in, on an origin of its own, and the way back from it. */
import type { Page } from '@playwright/test';
import { dashboardHeading } from './dashboard.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export class SignInPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /**
   * Asks for the dashboard signed out, is sent to the sign-in, and signs in.
   * @throws when the account is refused, with what the page says; never with the password.
   */
  async signIn({ email, password }: Credentials): Promise<void> {
    const page = this.#page;
    await page.goto('/dashboard');
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await this.#continue();
    const secret = page
      .getByRole('textbox', { name: 'Password' })
      .or(page.getByLabel('Password', { exact: true }))
      .first();
    await this.#orRefused(secret.waitFor(), email, 'a password was never asked for');
    await secret.fill(password).catch(() => {
      // The original error would quote what was to be filled in.
      throw new Error(`Signing in as ${email} failed: the password could not be filled in.`);
    });
    await this.#continue();
    await this.#orRefused(dashboardHeading(page).waitFor(), email, 'the dashboard did not appear');
  }

  async #continue(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Continue', exact: true }).click();
  }

  async #orRefused(arrival: Promise<void>, email: string, what: string): Promise<void> {
    try {
      await arrival;
    } catch (cause) {
      const shown = (await this.#page.locator('body').innerText()).replace(/\s+/g, ' ').trim().slice(0, 200);
      throw new Error(
        `Signing in as ${email} failed: ${what}; the page at ${new URL(this.#page.url()).pathname} says "${shown}". Check the account and its password.`,
        { cause },
      );
    }
  }
}
