/** The sign-in as a page: who has no session is led to it, and gets in from it. */
import type { Page } from '@playwright/test';
import { readSettings } from '../../run/settings.ts';
import type { Visitor } from '../sign-in/door.ts';
import { emailField, signInByForm } from '../sign-in/form.ts';
import { openDoor } from '../sign-in/open-door.ts';

export class SignInPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Whether the sign-in is shown, or comes to be within the time. */
  isShown(timeoutMs: number): Promise<boolean> {
    return emailField(this.#page)
      .waitFor({ timeout: timeoutMs })
      .then(
        () => true,
        () => false,
      );
  }

  /**
   * Gets in anew, as AUTH_MODE says: through the form by default; an earlier sign-in is not used.
   * @throws when the account is refused, with what the page says; never with the password.
   */
  async signIn(visitor: Visitor): Promise<void> {
    const settings = readSettings();
    if (settings.AUTH_MODE === 'hosted' || settings.BASE_URL === undefined) return signInByForm(this.#page, visitor);
    await openDoor(settings, { baseUrl: settings.BASE_URL }).enterAnew(this.#page, visitor);
  }
}
