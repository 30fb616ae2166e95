/** The page that the link of an invitation leads to, on the sign-in's origin: what is offered, and accepting it. */
import type { Locator, Page } from '@playwright/test';
import { PlainError } from '../../run/plain-error.ts';
import { keepSecret } from '../../run/secrets.ts';
import { dashboardHeading } from './dashboard.ts';
import { roleLabels, type Membership } from './settings.ts';

const acceptName = /^(accept( (the )?(invitation|invite))?|join\b.*|create account|sign up|continue)$/i;
/** How such pages say that the link has done its work. */
const usedWords = /already (been )?(used|accepted)/i;
/** How they say that it never will. */
const deadWords = /\b(expired|revoked|withdrawn|cancell?ed|no longer valid|not (known|valid|found)|invalid)\b/i;

export class InvitationPage {
  readonly #page: Page;
  readonly #used: Locator;
  readonly #dead: Locator;
  readonly #accept: Locator;
  readonly #name: Locator;
  readonly #password: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#used = page.getByText(usedWords).first();
    this.#dead = page.getByText(deadWords).first();
    this.#accept = page.getByRole('button', { name: acceptName });
    this.#name = page.getByRole('textbox', { name: /^(full |your )?name$/i });
    this.#password = page.locator('input[type=password]').filter({ visible: true }).first();
  }

  /**
   * Follows a link. `open`: it can be accepted; `used`: it has been.
   * @throws when it can neither be accepted nor has been, with what the page says.
   */
  async open(link: string): Promise<'open' | 'used'> {
    let cause: unknown;
    try {
      await this.#page.goto(link);
      await this.#accept.or(this.#used).or(this.#dead).first().waitFor();
      if (await this.#used.isVisible()) return 'used';
      if (await this.#accept.isVisible()) return 'open';
    } catch (error) {
      cause = error;
    }
    const said = `The page says "${await this.#text()}".`;
    throw new PlainError('The invitation cannot be accepted: ask an admin for a new one.', said, { cause });
  }

  /** Compares the offer with what is expected; the role only where the page shows one. @throws when it is something else. */
  async offers({ organization, email, role }: Membership): Promise<void> {
    const text = await this.#text();
    if (!text.includes(organization))
      throw new PlainError(`The invitation of ${email} is not to "${organization}".`, `The page says "${text}".`);
    // Names may hold the word for a role.
    const rest = text.replaceAll(organization, '').replaceAll(email, '');
    const shown = Object.values(roleLabels).filter((label) => new RegExp(`\\b${label}\\b`).test(rest));
    if (shown.length > 0 && !shown.includes(roleLabels[role]))
      throw new PlainError(`The invitation of ${email} is for the role ${shown.join(', ')}, not ${roleLabels[role]}.`);
  }

  /**
   * Makes the account, or proves the one there is, and resolves on the dashboard.
   * @throws with what the page says when it refuses; never with the password.
   */
  async accept({ email, name, password }: { email: string; name: string; password: string }): Promise<void> {
    keepSecret('password', password);
    const heading = dashboardHeading(this.#page);
    const refusal = this.#page.locator('input[aria-invalid=true]').or(this.#used).or(this.#dead).first();
    let cause: unknown;
    try {
      await this.#password.waitFor();
      // Who has an account already is asked for its password only.
      if (await this.#name.isVisible()) await this.#name.fill(name);
      await this.#password.fill(password);
      await this.#accept.click();
      await heading.or(refusal).first().waitFor();
      if (await heading.isVisible()) return;
    } catch (error) {
      cause = error;
    }
    const said = `The page says "${await this.#text()}".`;
    throw new PlainError(`${email} could not accept the invitation.`, said, { cause });
  }

  async #text(): Promise<string> {
    const shown = await this.#page
      .locator('body')
      .innerText({ timeout: 2000 })
      .catch(() => 'nothing');
    return shown.replace(/\s+/g, ' ').trim().slice(0, 400);
  }
}
