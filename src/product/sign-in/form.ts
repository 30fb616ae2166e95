/**
 * The hosted sign-in, on an origin of its own, and the way back from it. It asks for the e-mail and then for the password,
 * or for both at once; labels and buttons may differ a little from one to the other.
 */
import type { Locator, Page } from '@playwright/test';
import { PlainError } from '../../run/plain-error.ts';
import { keepSecret } from '../../run/secrets.ts';
import { dashboardHeading } from '../pages/dashboard.ts';
import { unsupportedHeading, whatItAsks } from './unsupported.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const emailLabel = /^(your |work )?e-?mail( address)?\b|^username\b/i;
const buttonName = /^(continue|sign in|log in|next|submit)$/i;
/** How sign-in forms say no, inline. */
const refusalWords =
  /\b(incorrect|invalid|wrong|does not match|do(es)? not exist|not (found|recognized|recognised|valid)|no account|couldn.t find|try again|too many|locked|suspended|disabled)\b/i;
/** The product's own page when the sign-in succeeded and the account may not in. */
const refusalHeading = /^(No organization found|Sign-in failed|Access removed|Authentication error)$/;

/** The first field for an e-mail, while one is shown. */
export function emailField(page: Page): Locator {
  return page
    .getByRole('textbox', { name: emailLabel })
    .or(page.locator('input[type=email]'))
    .filter({ visible: true })
    .first();
}

/** The product's page for somebody who may not in. */
export function refusalPage(page: Page): Locator {
  return page.getByRole('heading', { level: 1, name: refusalHeading });
}

/**
 * Asks for the dashboard signed out, is sent to the sign-in, and signs in.
 * @throws when the account is refused or the form asks for something else, with what the page says; never with the password.
 */
export async function signInByForm(page: Page, { email, password }: Credentials): Promise<void> {
  keepSecret('password', password);
  const form = new Form(page, email);
  await page.goto('/dashboard');
  await form.expects(form.email, 'no sign-in was shown');
  await form.email.fill(email);
  // Some ask for both at once, and some keep the second field hidden until then.
  if (!(await form.secret.isVisible())) {
    await form.submit(form.email);
    await form.expects(form.secret, 'a password was never asked for');
  }
  await form.mustNotMakeAnything();
  await form.secret.fill(password).catch(() => {
    // The original error would quote what was to be filled in.
    throw new Error(`Signing in as ${email} failed: the password could not be filled in.`);
  });
  await form.submit(form.secret);
  await form.expects(dashboardHeading(page), 'the dashboard did not appear');
}

class Form {
  readonly email: Locator;
  readonly secret: Locator;
  readonly #page: Page;
  readonly #who: string;

  constructor(page: Page, who: string) {
    this.#page = page;
    this.#who = who;
    this.email = emailField(page);
    this.secret = page.locator('input[type=password]').filter({ visible: true }).first();
  }

  /** Clicks the button of the form that holds the field; a form without a known one is sent as by Enter. */
  async submit(field: Locator): Promise<void> {
    const page = this.#page;
    const named = (place: Locator): Locator =>
      place.getByRole('button', { name: buttonName }).filter({ visible: true }).first();
    const own = named(page.locator('form').filter({ has: field }));
    const any = named(page.locator('body'));
    if (await own.isVisible()) await own.click();
    else if (await any.isVisible()) await any.click();
    else await field.press('Enter');
  }

  /** A page that asks for a password may be about to make an account, or to change the password of one. @throws then */
  async mustNotMakeAnything(): Promise<void> {
    if (await unsupportedHeading(this.#page).isVisible())
      throw await this.#complaint('the form is not one to sign in with');
  }

  /** Waits for what should come next; a form that says what is wrong, a page that asks for something else, or the product's own page of refusal, ends the wait at once. */
  async expects(next: Locator, what: string): Promise<void> {
    const page = this.#page;
    const asking = page.locator('body').filter({ has: this.email.or(this.secret) });
    const refusal = asking
      .locator('input[aria-invalid=true]')
      .or(asking.getByText(refusalWords))
      .or(refusalPage(page))
      .filter({ visible: true })
      .first();
    const unsupported = unsupportedHeading(page, this.email.or(this.secret));
    // Whoever is in without having been asked: only after the form is the dashboard a success.
    const dashboard = dashboardHeading(page);
    let cause: unknown;
    try {
      await next.or(refusal).or(unsupported).or(dashboard).first().waitFor();
      if (await next.isVisible()) return;
    } catch (error) {
      cause = error;
    }
    throw await this.#complaint(what, refusal, cause);
  }

  async #complaint(what: string, refusal?: Locator, cause?: unknown): Promise<PlainError> {
    const page = this.#page;
    const failed = `Signing in as ${this.#who} failed:`;
    const where = `The page at ${placeOf(page)} says "${await textOf(page)}".`;
    if (await dashboardHeading(page).isVisible())
      return new PlainError(
        `${failed} the dashboard was shown without a sign-in. If the product lets everybody in, set AUTH_MODE=bypass.`,
      );
    const heading = unsupportedHeading(page);
    if (!(await refusal?.isVisible()) && (await heading.isVisible())) {
      const asked = whatItAsks((await heading.textContent()) ?? '');
      if (asked)
        return new PlainError(`${failed} the sign-in ${asked.what}, which is not supported: ${asked.remedy}.`, where, {
          cause,
        });
    }
    return new PlainError(`${failed} ${what}. Check the account and its password.`, where, { cause });
  }
}

/** Origin and path: the query carries what the sign-in is to return with. */
function placeOf(page: Page): string {
  const url = page.url();
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return origin === 'null' ? url : origin + pathname;
}

async function textOf(page: Page): Promise<string> {
  const shown = await page
    .locator('body')
    .innerText({ timeout: 2000 })
    .catch(() => 'nothing');
  return shown.replace(/\s+/g, ' ').trim().slice(0, 200);
}
