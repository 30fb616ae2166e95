/** What becomes of a page's live connection: where it leads, what it brings, and what time it is there. */
import type { Page } from '@playwright/test';
import type { ClockBounds } from '../../telemetry/clock.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';
import { followPage, isSyncSocket, type ProjectBoard } from '../live/index.ts';

export class LiveLook {
  readonly board: ProjectBoard;
  readonly #hosts = new Set<string>();
  readonly #page: Page;
  readonly #clock: ClockBounds;
  #failure: string | undefined;
  /** Of the first list that the present document was sent, by the live server's clock. */
  #firstSentAt: number | undefined;

  /** Looks from now on; make it before the page's first navigation. `clock` takes bounds of this machine's clock minus the live server's. */
  constructor(page: Page, clock: ClockBounds) {
    this.#page = page;
    this.#clock = clock;
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#firstSentAt = undefined;
    });
    page.on('websocket', (socket) => {
      if (!isSyncSocket(socket.url())) return;
      this.#hosts.add(new URL(socket.url()).host);
      socket.on('socketerror', (error) => (this.#failure = error));
    });
    this.board = followPage(page, (happening) => {
      if (happening.type === 'fatal-error' || happening.type === 'auth-error') this.#failure = happening.message;
      if (happening.type === 'query-failed') this.#failure = `${happening.subscription}: ${happening.message}`;
      if (happening.type !== 'changes' || happening.sentAtMs === undefined) return;
      clock.pageAfter(Date.now(), happening.sentAtMs);
      this.#firstSentAt ??= happening.sentAtMs;
    });
  }

  /** Hosts that live connections led to. */
  get hosts(): readonly string[] {
    return [...this.#hosts];
  }

  /** Resolves when both lists have come. @throws ConfigurationError that says what is missing. */
  async listsCome(email: string, timeoutMs: number): Promise<void> {
    try {
      await this.board.waitFor(() => true, 'The first list', timeoutMs);
    } catch (cause) {
      const waited = `within ${Math.round(timeoutMs / 1000)} s`;
      const said = this.#failure === undefined ? '' : ` It said: ${this.#failure.slice(0, 200)}`;
      throw new ConfigurationError(
        this.#hosts.size === 0
          ? `${email} is signed in, but the page opened no live connection (/api/<version>/sync) ${waited}, and without it no card can be watched: check that this machine's browsers may open WebSockets to the product's live server.`
          : `The live connection of ${email} to ${this.hosts.join(', ')} brought no list of projects and runs ${waited}: check that the live server is up and knows this organisation.${said}`,
        { cause },
      );
    }
    // The document was there before its lists were. The time that the client tells is of no use: it counts the page's age twice.
    const loadedAt = await this.#page.evaluate(() => performance.timeOrigin);
    if (this.#firstSentAt !== undefined) this.#clock.pageBefore(loadedAt, this.#firstSentAt);
  }
}
