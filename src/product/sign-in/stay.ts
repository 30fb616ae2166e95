/**
 * Somebody's stay in the product, from the sign-in to the end of their journey. A session that would end soon is renewed
 * beside the page, between two steps where there is time for it. One that ends all the same shows as a way to the sign-in,
 * and is told as such instead of as whatever was being waited for.
 */
import type { Frame, Page, Request } from '@playwright/test';
import { PlainError } from '../../run/plain-error.ts';
import { veil } from '../../run/secrets.ts';
import type { Door, Visitor } from './door.ts';
import { leadsToSignIn, renewalTime, type Entered } from './session.ts';

/** What became of a session. Times are milliseconds since 1970. */
export type SessionNews =
  | { readonly what: 'renewed'; readonly endsAt: number; readonly tookMs: number }
  | { readonly what: 'not-renewed'; readonly why: string }
  | { readonly what: 'ended'; readonly sentTo: string };

export interface StayOptions {
  readonly door: Door;
  readonly page: Page;
  readonly visitor: Visitor;
  readonly baseUrl: string;
  readonly entered: Entered;
  readonly tell: (news: SessionNews) => void;
}

interface Ended {
  readonly at: number;
  /** Origin and path. */
  readonly sentTo: string;
}

/** Longer timers fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export class Stay {
  readonly #options: StayOptions;
  #entered: Entered;
  #ended: Ended | undefined;
  #reject: (error: Error) => void = () => undefined;
  /** Rejects as soon as the product has led the page to its sign-in. */
  readonly #over: Promise<never>;
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | undefined;
  /** After a renewal that failed: milliseconds since 1970. */
  #notBefore = 0;
  #left = false;

  constructor(options: StayOptions) {
    this.#options = options;
    this.#entered = options.entered;
    this.#over = new Promise<never>((_, reject) => (this.#reject = reject));
    this.#over.catch(() => undefined); // Nobody need be at a step when it happens.
    options.page.on('framenavigated', this.#navigated);
    options.page.on('requestfailed', this.#failed);
    this.#await();
  }

  /** Does something that needs the session. @throws as soon as that is over, with when and why. */
  async during<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await Promise.race([action(), this.#over]);
    } catch (error) {
      if (this.#isElsewhere(this.#options.page.url())) this.#end(this.#options.page.url());
      throw this.#ended === undefined ? error : this.#explained(this.#ended, error);
    }
  }

  /** Between two steps: renews a session that is soon over. */
  async rest(): Promise<void> {
    if (this.#renewing) return this.#renewing;
    const due = Math.max(this.#renewal?.from ?? Number.POSITIVE_INFINITY, this.#notBefore);
    if (due <= Date.now()) await this.#renew();
  }

  /** Ends the watch over it, and keeps what a later run can use. */
  async end(): Promise<void> {
    const { door, page, visitor } = this.#options;
    this.#left = true;
    clearTimeout(this.#timer);
    page.off('framenavigated', this.#navigated);
    page.off('requestfailed', this.#failed);
    // A renewal under way is of no use any more, and ends with the page.
    if (this.#ended === undefined) await door.leave(page.context(), visitor, this.#entered);
  }

  get #renewal(): ReturnType<typeof renewalTime> | undefined {
    const { signedInAt, endsAt } = this.#entered;
    return endsAt === undefined ? undefined : renewalTime({ signedInAt, endsAt });
  }

  /** Until the moment at which no step is waited for any longer. */
  #await(): void {
    const renewal = this.#renewal;
    if (renewal === undefined) return;
    clearTimeout(this.#timer);
    const inMs = Math.max(renewal.latest, this.#notBefore) - Date.now();
    this.#timer = setTimeout(
      () => (inMs > longestTimerMs ? this.#await() : void this.#renew()),
      Math.min(Math.max(0, inMs), longestTimerMs),
    );
    this.#timer.unref();
  }

  #renew(): Promise<void> {
    return (this.#renewing ??= this.#renewNow().finally(() => (this.#renewing = undefined)));
  }

  async #renewNow(): Promise<void> {
    const { door, page, visitor, tell } = this.#options;
    if (this.#ended !== undefined || this.#left) return;
    const began = Date.now();
    try {
      this.#entered = await door.renew(page.context(), visitor);
      if (this.#left) return;
      tell({ what: 'renewed', endsAt: this.#entered.endsAt ?? began, tookMs: Date.now() - began });
      this.#await();
    } catch (error) {
      if (this.#left) return;
      tell({ what: 'not-renewed', why: veil(error instanceof Error ? error.message : String(error)).slice(0, 1000) });
      // Again at half of the time that is left, so that an account is not locked; then the product has the last word.
      const leftMs = (this.#entered.endsAt ?? began) - Date.now();
      this.#notBefore = Date.now() + leftMs / 2 + 1000;
      if (leftMs > 0) this.#await();
    }
  }

  readonly #navigated = (frame: Frame): void => {
    if (frame === this.#options.page.mainFrame() && this.#isElsewhere(frame.url())) this.#end(frame.url());
  };

  /** A page's own request that was redirected to another origin, which its script may not follow. */
  readonly #failed = (request: Request): void => {
    const from = request.redirectedFrom();
    if (from === null || !['fetch', 'xhr'].includes(request.resourceType())) return;
    if (!this.#isElsewhere(from.url()) && this.#isElsewhere(request.url())) this.#end(request.url());
  };

  #isElsewhere(url: string): boolean {
    return /^https?:/.test(url) && leadsToSignIn(307, url, this.#options.baseUrl);
  }

  #end(url: string): void {
    if (this.#ended !== undefined) return;
    const { origin, pathname } = new URL(url);
    this.#ended = { at: Date.now(), sentTo: origin + pathname };
    this.#options.tell({ what: 'ended', sentTo: this.#ended.sentTo });
    this.#reject(new Error('The session is over.'));
  }

  #explained({ at, sentTo }: Ended, cause: unknown): Error {
    const { signedInAt, endsAt } = this.#entered;
    const early =
      endsAt !== undefined && endsAt > at
        ? ` and was taken to last until ${clock(endsAt)}. If sign-ins last shorter there, set SESSION_MINUTES to how long they do, and they are renewed before`
        : '';
    return new PlainError(
      `The session of ${this.#options.visitor.email} ended at ${clock(at)}, when the product led to ${sentTo}. It began at ${clock(signedInAt)}${early}.`,
      undefined,
      { cause },
    );
  }
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
