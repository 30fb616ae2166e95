/** Asks a page for its stamps, and learns from each answer how the page's clock stands to this process's. */
import type { Page } from '@playwright/test';
import { ClockBounds } from './clock.ts';
import type { Stamp } from './in-page/messages.ts';
import { nowMs } from './now.ts';

export interface PageAskerOptions {
  readonly page: Page;
  readonly problem: (message: string) => void;
}

export class PageAsker {
  /** The page's clock as this process has bounded it. */
  readonly clock = new ClockBounds();
  private readonly options: PageAskerOptions;

  constructor(options: PageAskerOptions) {
    this.options = options;
  }

  /** Asks for stamps. Undefined when the page does not answer in time or its document went away meanwhile. */
  async ask(expression: string, timeoutMs: number): Promise<Stamp[] | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const askedAt = nowMs();
    const answer = this.options.page.evaluate<Stamp[]>(expression);
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), timeoutMs);
    });
    try {
      const stamps = await Promise.race([answer, late]);
      const clock = stamps?.findLast((stamp) => stamp.type === 'clock');
      if (clock) this.clock.between(clock.at, askedAt, nowMs());
      return stamps;
    } catch (error) {
      if (!isGone(error)) this.options.problem(`The page could not be asked for its stamps: ${String(error)}`);
      return undefined;
    } finally {
      clearTimeout(timer);
      // An answer that comes too late has nobody to hear of its failure.
      answer.catch(() => undefined);
    }
  }
}

/** A navigation or a closed page took the document away while it was being asked. */
function isGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    /Execution context was destroyed|Target (page, context or browser has been )?closed|Cannot find context|navigat/i.test(
      error.message,
    )
  );
}
