/** Searches all that an analyst's pages receive and show for markers that must not be there. What a marker is, others know. */
import type { Page, Response } from '@playwright/test';
import type { MarkerEvent, SearchEvent } from './events-ledger.ts';

export interface MarkerSearchOptions {
  /** Every marker contains it: texts without it need no closer look. */
  readonly needle: string;
  /** The markers in a text that the analyst must not see. */
  readonly find: (text: string) => readonly { readonly owner: string; readonly excerpt: string }[];
  readonly record: (event: MarkerEvent | SearchEvent) => void;
  /** How long what a page showed counts as seen, in milliseconds; by default as long as steps follow each other on one page. */
  readonly seenMs?: number;
}

/** How long a page that is asked for what it shows may be busy; the next step's end asks again. */
const screenMs = 3000;
/** Steps on one page follow each other faster than what it shows changes. */
const defaultSeenMs = 8000;
/** What stands around a needle on the screen, in characters. */
const around = 80;
/** Answers that bear data: documents and what scripts ask for. Code, styles and pictures are the same for all. */
const bearers: readonly string[] = ['document', 'xhr', 'fetch'];
const readable = /json|text|html|xml|component/;

export class MarkerSearch {
  readonly #options: MarkerSearchOptions;
  readonly #known = new Set<string>();
  readonly #reading = new Set<Promise<void>>();
  #seen = { url: '', at: -Infinity };
  readonly #tally = { frames: 0, responses: 0, screens: 0, unread: 0, characters: 0, elapsedMs: 0, waitedMs: 0 };

  constructor(options: MarkerSearchOptions) {
    this.#options = options;
  }

  /** Searches what the page receives from now on, by socket and by request. */
  watch(page: Page): void {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        this.#tally.frames += 1;
        this.#search(payload.toString(), 'frame', pathOf(socket.url()));
      }),
    );
    page.on('response', (response) => {
      const reading = this.#read(response).finally(() => this.#reading.delete(reading));
      this.#reading.add(reading);
    });
  }

  /** Searches what the page shows: its text and its fields, not its layout. The same page is not looked at again at once. */
  async look(page: Page, where: string): Promise<void> {
    const begun = performance.now();
    const url = page.url();
    const { seenMs = defaultSeenMs } = this.#options;
    if (url === this.#seen.url && begun - this.#seen.at < seenMs) return;
    this.#seen = { url, at: begun };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), screenMs);
    });
    const shown = page.evaluate(textsAround, { needle: this.#options.needle, around }).catch(() => undefined);
    const texts = await Promise.race([shown, late]);
    clearTimeout(timer);
    this.#tally.waitedMs += performance.now() - begun;
    if (texts) this.#tally.screens += 1;
    else this.#tally.unread += 1;
    for (const text of texts ?? []) this.#search(text, 'screen', where, 0);
  }

  /** Searches a text that came by another way. */
  search(text: string, place: MarkerEvent['place'], where: string): void {
    this.#search(text, place, where);
  }

  /** Waits for what is still being read, and says how much was searched. */
  async finish(): Promise<void> {
    await Promise.all(this.#reading);
    this.#options.record({ type: 'search', ...this.#tally });
  }

  async #read(response: Response): Promise<void> {
    const { status, type, resource } = factsOf(response);
    if (!bearers.includes(resource) || status < 200 || status === 204 || (status >= 300 && status < 400)) return;
    if (!readable.test(type)) return;
    try {
      const text = await response.text();
      this.#tally.responses += 1;
      this.#search(text, 'response', `${response.request().method()} ${pathOf(response.url())}`);
    } catch {
      // The page has left, and the browser has let go of the answer.
      this.#tally.unread += 1;
    }
  }

  #search(text: string, place: MarkerEvent['place'], where: string, counted = text.length): void {
    const begun = performance.now();
    const found = text.includes(this.#options.needle) ? this.#options.find(text) : [];
    this.#tally.characters += counted;
    this.#tally.elapsedMs += performance.now() - begun;
    for (const { owner, excerpt } of found) {
      // Once is proof; a list is sent again with each of its changes.
      const key = `${owner} ${place} ${where}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.#options.record({ type: 'marker', owner, place, where, excerpt });
    }
  }
}

/** In the page: what stands around each needle, each text once. */
function textsAround({ needle, around }: { needle: string; around: number }): string[] {
  const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
  const texts = new Set<string>();
  for (const text of [document.title, document.body.textContent, ...fields])
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length))
      texts.add(text.slice(Math.max(0, at - around), at + around));
  return [...texts];
}

function factsOf(response: Response): { status: number; type: string; resource: string } {
  return {
    status: response.status(),
    type: response.headers()['content-type'] ?? '',
    resource: response.request().resourceType(),
  };
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
