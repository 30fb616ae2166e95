/** The sign-in through the product's hosted form; what an earlier one has left is tried first where it is kept. */
import type { BrowserContext, Page } from '@playwright/test';
import { keepSecret } from '../../run/secrets.ts';
import { loadDashboard, SessionOver } from './dashboard-first.ts';
import { untold, type Door, type Told, type Visitor } from './door.ts';
import { signInByForm } from './form.ts';
import type { KeptStates } from './kept-states.ts';
import { leadsToSignIn, sessionEnd, type Entered } from './session.ts';

export interface HostedOptions {
  readonly baseUrl: string;
  /** None where nothing is kept. */
  readonly kept: KeptStates | undefined;
  readonly sessionMinutes: number | undefined;
}

export class HostedDoor implements Door {
  readonly #options: HostedOptions;

  constructor(options: HostedOptions) {
    this.#options = options;
  }

  async enter(page: Page, visitor: Visitor, told: Told = untold): Promise<Entered> {
    return (await this.#byKept(page, visitor, told)) ?? (await this.enterAnew(page, visitor, told));
  }

  async enterAnew(page: Page, visitor: Visitor, told: Told = untold): Promise<Entered> {
    const context = page.context();
    await told('sign-in', () => signInByForm(page, visitor));
    return this.#entered(context, visitor);
  }

  async comeBack(page: Page, visitor: Visitor): Promise<Entered | undefined> {
    const context = page.context();
    try {
      await loadDashboard(page);
      return undefined;
    } catch (error) {
      if (!(error instanceof SessionOver)) throw error;
      await this.#options.kept?.forget(visitor);
      await context.clearCookies();
      return this.enterAnew(page, visitor);
    }
  }

  /** In a context beside: with cookies that are still good no form would be shown, and signing out would end the old session under its pages. */
  async renew(context: BrowserContext, visitor: Visitor): Promise<Entered> {
    const browser = context.browser();
    if (!browser) throw new Error(`The browser of ${visitor.email} is gone.`);
    const beside = await browser.newContext({ baseURL: this.#options.baseUrl });
    try {
      const entered = await this.enterAnew(await beside.newPage(), visitor);
      await context.addCookies(await beside.cookies());
      return entered;
    } finally {
      await beside.close();
    }
  }

  async leave(context: BrowserContext, visitor: Visitor, { signedInAt }: Entered): Promise<void> {
    // A session may have been renewed by the product on the way; the one before is then worthless.
    await this.#keep(context, visitor, signedInAt);
  }

  headers(): Readonly<Record<string, string>> {
    return {};
  }

  async #byKept(page: Page, visitor: Visitor, told: Told): Promise<Entered | undefined> {
    const { kept: states, sessionMinutes } = this.#options;
    const kept = await states?.find(visitor);
    if (!kept) return undefined;
    // SESSION_MINUTES may be another than when it was kept.
    if (sessionEnd(kept.cookies, kept.signedInAt, sessionMinutes) <= Date.now()) return undefined;
    const context = page.context();
    await context.addCookies([...kept.cookies]);
    try {
      await this.#mustBeGood(context);
      await told('sign-in-kept', () => loadDashboard(page));
    } catch (error) {
      if (!isOver(error)) throw error;
      await states?.forget(visitor);
      await context.clearCookies();
      return undefined;
    }
    return { how: 'kept', signedInAt: kept.signedInAt, endsAt: await this.#keep(context, visitor, kept.signedInAt) };
  }

  /** Asked beside the page: a sign-in that has been revoked is no step of the journey. @throws SessionOver */
  async #mustBeGood(context: BrowserContext): Promise<void> {
    const { baseUrl } = this.#options;
    const response = await context.request.get(`${baseUrl}/dashboard`, { maxRedirects: 0 });
    if (leadsToSignIn(response.status(), response.headers()['location'], baseUrl))
      throw new SessionOver('The product knows the earlier sign-in no longer.');
  }

  async #entered(context: BrowserContext, visitor: Visitor): Promise<Entered> {
    const signedInAt = Date.now();
    return { how: 'form', signedInAt, endsAt: await this.#keep(context, visitor, signedInAt) };
  }

  /** @returns until when the session is good. */
  async #keep(context: BrowserContext, visitor: Visitor, signedInAt: number): Promise<number> {
    const { kept, sessionMinutes } = this.#options;
    const cookies = await context.cookies();
    for (const { value } of cookies.filter(({ httpOnly }) => httpOnly)) keepSecret('cookie', value);
    const endsAt = sessionEnd(cookies, signedInAt, sessionMinutes);
    await kept?.keep(visitor, { cookies, signedInAt, endsAt }).catch((error: unknown) => {
      // The session is good all the same.
      const why = error instanceof Error ? error.message : String(error);
      console.warn(`The sign-in of ${visitor.email} is not kept for the next run: ${why}`);
    });
    return endsAt;
  }
}

/** A step names itself in the errors that come out of it; what it was is their cause. */
function isOver(error: unknown): boolean {
  return error instanceof SessionOver || (error instanceof Error && error.cause instanceof SessionOver);
}
