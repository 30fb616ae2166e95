/**
 * Gives requests to the product a header, and no others. Playwright's own extra headers go to every origin, and those of a
 * route along with every redirect: to the hosted sign-in, and to the storage that downloads are redirected to. So the
 * browser itself is asked to pause what goes to the product, each hop of a redirect by itself.
 */
import type { CDPSession, Page } from '@playwright/test';

export interface HeaderTemplate {
  readonly name: string;
  /** With `{token}` where the token goes. */
  readonly value: string;
}

/** @param text As `Authorization: Bearer {token}`, which the settings have checked. */
export function parseHeader(text: string): HeaderTemplate {
  const colon = text.indexOf(':');
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

export class HeaderCarrier {
  readonly #origin: string;
  readonly #headers: (page: Page) => Readonly<Record<string, string>>;
  readonly #admitted = new WeakSet<Page>();

  constructor(baseUrl: string, headers: (page: Page) => Readonly<Record<string, string>>) {
    this.#origin = new URL(baseUrl).origin;
    this.#headers = headers;
  }

  /** From now on requests of this page carry the headers; before its first navigation. WebSockets cannot. */
  async admit(page: Page): Promise<void> {
    if (this.#admitted.has(page)) return;
    this.#admitted.add(page);
    const session = await page.context().newCDPSession(page);
    session.on('Fetch.requestPaused', ({ requestId, request }) => {
      void this.#goOn(session, page, requestId, request);
    });
    await session.send('Fetch.enable', { patterns: [{ urlPattern: `${this.#origin}/*`, requestStage: 'Request' }] });
  }

  async #goOn(
    session: CDPSession,
    page: Page,
    requestId: string,
    request: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  ): Promise<void> {
    // The pattern is the browser's; what an address says is ours to judge.
    const own = new URL(request.url).origin === this.#origin ? this.#headers(page) : {};
    const headers = Object.entries({ ...without(request.headers, own), ...own }).map(([name, value]) => ({
      name,
      value,
    }));
    await session.send('Fetch.continueRequest', { requestId, headers }).catch(() => undefined); // Its page is gone, and the request with it.
  }
}

/** Names of headers are the same in whatever letters. */
function without(
  headers: Readonly<Record<string, string>>,
  replaced: Readonly<Record<string, string>>,
): Record<string, string> {
  const names = Object.keys(replaced).map((name) => name.toLowerCase());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}
