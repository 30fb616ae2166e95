/** The hosted sign-in, on an origin of its own, and the way back from it. */
import type { Locator, Page } from '@playwright/test';
import { dashboardHeading } from './dashboard.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** How sign-in forms say no, inline. */
const refusalWords =
  /\b(incorrect|invalid|wrong|does not match|do(es)? not exist|not (found|recognized|recognised|valid)|no account|couldn.t find|try again)\b/i;
/** The product's own page when the sign-in succeeded and the account may not in. */
const refusalHeading = /^(No organization found|Sign-in failed|Access removed|Authentication error)$/;

export class SignInPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Whether the sign-in is shown, or comes to be within the time. */
  isShown(timeoutMs: number): Promise<boolean> {
    return this.#email.waitFor({ timeout: timeoutMs }).then(
      () => true,
      () => false,
    );
  }

  /**
   * Asks for the dashboard signed out, is sent to the sign-in, and signs in.
   * @throws when the account is refused, with what the page says; never with the password.
   */
  async signIn({ email, password }: Credentials): Promise<void> {
    const page = this.#page;
    await page.goto('/dashboard');
    await this.#email.fill(email);
    await this.#continue();
    const secret = page
      .getByRole('textbox', { name: 'Password' })
      .or(page.getByLabel('Password', { exact: true }))
      .first();
    await this.#orRefused(secret, email, 'a password was never asked for');
    await secret.fill(password).catch(() => {
      // The original error would quote what was to be filled in.
      throw new Error(`Signing in as ${email} failed: the password could not be filled in.`);
    });
    await this.#continue();
    await this.#orRefused(dashboardHeading(page), email, 'the dashboard did not appear');
  }

  get #email(): Locator {
    return this.#page.getByRole('textbox', { name: 'Email' });
  }

  async #continue(): Promise<void> {
    await this.#continueButton.click();
  }

  get #continueButton(): Locator {
    return this.#page.getByRole('button', { name: 'Continue', exact: true });
  }

  /** Waits for what should come next; a form that says what is wrong, or the product's own page of refusal, ends the wait at once. */
  async #orRefused(next: Locator, email: string, what: string): Promise<void> {
    const form = this.#page.locator('body').filter({ has: this.#continueButton });
    const refusal = form
      .locator('input[aria-invalid=true]')
      .or(form.getByText(refusalWords))
      .or(this.#page.getByRole('heading', { level: 1, name: refusalHeading }))
      .first();
    let cause: unknown;
    try {
      await next.or(refusal).first().waitFor();
      if (await next.isVisible()) return;
    } catch (error) {
      cause = error;
    }
    const shown = await this.#page
      .locator('body')
      .innerText({ timeout: 2000 })
      .catch(() => 'nothing');
    throw new Error(
      `Signing in as ${email} failed: ${what}; the page at ${new URL(this.#page.url()).pathname} says "${shown.replace(/\s+/g, ' ').trim().slice(0, 200)}". Check the account and its password.`,
      { cause },
    );
  }
}
