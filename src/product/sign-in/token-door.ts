/** A product that takes tokens which somebody else has signed: each account brings its own, and nobody sees a form. */
import type { BrowserContext, Page } from '@playwright/test';
import { keepSecret } from '../../run/secrets.ts';
import { loadDashboard, SessionOver } from './dashboard-first.ts';
import { untold, type Door, type Told, type Visitor } from './door.ts';
import { HeaderCarrier, parseHeader, type HeaderTemplate } from './header-carrier.ts';
import { renewalTime, type Entered } from './session.ts';
import type { Mint, Token } from './tokens.ts';

export interface TokenOptions {
  readonly baseUrl: string;
  readonly mint: Mint;
  /** The name of the cookie that carries the token, the header that does, or both. */
  readonly cookie: string | undefined;
  readonly header: string | undefined;
}

export class TokenDoor implements Door {
  readonly #options: TokenOptions;
  readonly #header: HeaderTemplate | undefined;
  readonly #carrier: HeaderCarrier | undefined;
  /** What each context carries at present. */
  readonly #tokens = new WeakMap<BrowserContext, Token>();

  constructor(options: TokenOptions) {
    this.#options = options;
    this.#header = options.header === undefined ? undefined : parseHeader(options.header);
    this.#carrier = this.#header && new HeaderCarrier(options.baseUrl, (page) => this.headers(page.context()));
  }

  async enter(page: Page, visitor: Visitor, told: Told = untold): Promise<Entered> {
    const entered = await this.renew(page.context(), visitor);
    await this.#carrier?.admit(page);
    await told('sign-in-token', () => this.#load(page, visitor));
    return entered;
  }

  enterAnew(page: Page, visitor: Visitor, told?: Told): Promise<Entered> {
    return this.enter(page, visitor, told);
  }

  async comeBack(page: Page, visitor: Visitor): Promise<undefined> {
    const context = page.context();
    const token = this.#tokens.get(context);
    if (!token || renewalTime({ signedInAt: token.signedAt, endsAt: token.endsAt }).from <= Date.now())
      await this.renew(context, visitor);
    await this.#carrier?.admit(page);
    await this.#load(page, visitor);
  }

  async renew(context: BrowserContext, visitor: Visitor): Promise<Entered> {
    const { baseUrl, mint, cookie } = this.#options;
    const token = await mint({ name: '', organization: '', role: 'member', ...visitor });
    keepSecret('token', token.value);
    this.#tokens.set(context, token);
    if (cookie !== undefined)
      await context.addCookies([
        {
          name: cookie,
          value: token.value,
          url: baseUrl,
          httpOnly: true,
          sameSite: 'Lax',
          secure: baseUrl.startsWith('https:'),
          expires: token.endsAt / 1000,
        },
      ]);
    return { how: 'token', signedInAt: token.signedAt, endsAt: token.endsAt };
  }

  leave(): Promise<void> {
    return Promise.resolve();
  }

  headers(context: BrowserContext): Readonly<Record<string, string>> {
    const token = this.#tokens.get(context);
    if (!this.#header || !token) return {};
    return { [this.#header.name]: this.#header.value.replaceAll('{token}', token.value) };
  }

  async #load(page: Page, { email }: Visitor): Promise<void> {
    try {
      await loadDashboard(page);
    } catch (cause) {
      if (!(cause instanceof SessionOver)) throw cause;
      throw new Error(
        `The product did not take the token of ${email}. ${cause.message} Check the key, TOKEN_ALGORITHM, TOKEN_CLAIMS with the account's own "claims", and what carries it (TOKEN_COOKIE, TOKEN_HEADER).`,
        { cause },
      );
    }
  }
}
