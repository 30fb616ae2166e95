/**
 * What a page holds, asked of the browser from outside. The heap as it stands is mostly what has not been collected yet,
 * so each reading collects first: it stops the page for some milliseconds, and is therefore rare and between steps.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import type { MemoryEvent } from './events.ts';
import { nowMs } from './now.ts';

export interface PageMemoryOptions {
  readonly page: Page;
  readonly pageName: (url: string) => string;
  /** The document that the page shows now. */
  readonly document: () => string | undefined;
  readonly record: (event: MemoryEvent) => void;
  readonly problem: (message: string) => void;
}

/** Between two readings at the ends of steps. */
const restMs = 30_000;
/** How long a step's end waits for a reading. */
const patienceMs = 3000;
/** In the middle of a step only when the last reading is so long ago. */
const longRestMs = 60_000;

export class PageMemory {
  private readonly options: PageMemoryOptions;
  private session: CDPSession | undefined;
  /** When each page of the document was read last. */
  private readonly readAt = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;
  private closed = false;

  constructor(options: PageMemoryOptions) {
    this.options = options;
  }

  /**
   * Between two steps: reads when the last reading is long enough ago. A page that was read before is more worth reading,
   * for like can be compared with like; `final`: such a page is read in any case, and no other.
   */
  async look(final = false): Promise<void> {
    const key = this.key();
    if (this.closed || key === undefined) return;
    const now = Date.now();
    const before = this.readAt.get(key);
    const since = before ?? Math.max(0, ...this.readAt.values());
    if (final ? before !== undefined : now - since >= restMs)
      // A page that is busy is not waited for: it answers later, or never.
      await Promise.race([this.read(), sleep(patienceMs, undefined, { ref: false })]);
    if (final) this.close();
  }

  /** No more readings. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** One reading at a time; it never rejects. */
  private read(): Promise<void> {
    this.reading ??= this.readOnce().finally(() => {
      this.reading = undefined;
      clearTimeout(this.timer);
      if (!this.closed) this.timer = setTimeout(() => void this.read(), longRestMs).unref();
    });
    return this.reading;
  }

  private async readOnce(): Promise<void> {
    const { page, pageName, record, problem } = this.options;
    const key = this.key();
    const document = this.options.document();
    if (this.closed || key === undefined || document === undefined) return;
    const url = page.url();
    const startedAt = performance.now();
    try {
      this.session ??= await page.context().newCDPSession(page);
      await this.session.send('HeapProfiler.collectGarbage');
      const [heap, counters] = await Promise.all([
        this.session.send('Runtime.getHeapUsage'),
        this.session.send('Memory.getDOMCounters'),
      ]);
      // The page went elsewhere meanwhile: nobody knows which of the two this is of.
      if (this.key() !== key || this.closed) return;
      this.readAt.set(key, Date.now());
      record({
        type: 'memory',
        page: pageName(url),
        document,
        takenAt: nowMs(),
        heapBytes: heap.usedSize + backingOf(heap),
        nodes: counters.nodes,
        listeners: counters.jsEventListeners,
        tookMs: performance.now() - startedAt,
      });
    } catch (error) {
      if (!this.closed && !page.isClosed() && this.key() === key)
        problem(`The page’s memory could not be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private key(): string | undefined {
    const { page, pageName, document } = this.options;
    const shown = document();
    return page.isClosed() || shown === undefined ? undefined : `${shown} ${pageName(page.url())}`;
  }
}

/** Buffers outside of the heap; older browsers do not tell. */
function backingOf(heap: object): number {
  return 'backingStorageSize' in heap && typeof heap.backingStorageSize === 'number' ? heap.backingStorageSize : 0;
}
