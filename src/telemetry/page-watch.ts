/** One page as telemetry follows it from Node: its reports, its stamps, its sockets and its errors. */
import type { Page } from '@playwright/test';
import type { ErrorEvent } from './events.ts';
import type { Report, Stamp } from './in-page/messages.ts';
import { nowMs } from './now.ts';
import { PageAsker } from './page-asker.ts';
import { PageMemory } from './page-memory.ts';
import { SocketLedger } from './socket-ledger.ts';
import type { SocketNews } from './socket-reader.ts';
import { StampTaker, type StampTakerOptions } from './stamp-taker.ts';
import { VitalLedger } from './vital-ledger.ts';
import { withoutQuery } from './without-query.ts';

export interface PageWatchOptions extends Omit<StampTakerOptions, 'frameArrived'> {
  readonly page: Page;
  readonly error: (source: ErrorEvent['source'], message: string) => void;
  readonly nextSocketId: () => string;
}

/** How long a page may take to hand over its stamps: at a step's end it may be busy and is asked again at the next one. */
const drainMs = 3000;
const glanceMs = 120_000;
const flushMs = 15_000;

export class PageWatch {
  private readonly options: PageWatchOptions;
  private readonly vitals: VitalLedger;
  private readonly sockets: SocketLedger;
  private readonly memory: PageMemory;
  private readonly stamps: StampTaker;
  private readonly asker: PageAsker;
  private readonly reports = new Set<string>();
  private document: string | undefined;
  private glancing = false;
  private finished = false;

  constructor(options: PageWatchOptions) {
    this.options = options;
    const { page, reader, record, nextSocketId } = options;
    const guard = (action: () => void): void => this.guard(action);
    this.vitals = new VitalLedger(options);
    this.memory = new PageMemory({ ...options, document: () => this.document });
    let hasWorkers = false;
    page.on('worker', () => (hasWorkers = true));
    this.sockets = new SocketLedger({
      reader,
      record,
      onNews: (frame, news) => this.onNews(frame, news),
      guard,
      hasWorkers: () => hasWorkers,
    });
    this.asker = new PageAsker(options);
    this.stamps = new StampTaker({
      ...options,
      frameArrived: (socket, key, at) => this.sockets.arrived(socket, key, at),
    });
    page.on('websocket', (socket) => guard(() => this.sockets.opened(socket, nextSocketId())));
    page.on('pageerror', (error) => options.error('page', error.stack ?? error.message));
    page.on('crash', () => options.error('page', 'The page crashed.'));
    page.on('console', (message) => {
      if (message.type() === 'error') options.error('console', message.text());
    });
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'failed';
      // A navigation aborts what the page before it was still loading.
      if (reason !== 'net::ERR_ABORTED')
        options.error('request', `${request.method()} ${withoutQuery(request.url())}: ${reason}`);
    });
  }

  /** Takes what the page sent through the binding. */
  report(text: string): void {
    this.guard(() => {
      const report = JSON.parse(text) as Report;
      if (this.reports.has(report.id)) return;
      this.reports.add(report.id);
      switch (report.type) {
        case 'navigation':
          if (report.kind === 'hard') {
            this.writeVitals();
            this.document = report.document;
            this.sockets.navigated(report.document);
          }
          this.options.record(this.vitals.navigated(report));
          return;
        case 'vital':
          this.vitals.reported(report);
          return;
        case 'socket':
          this.sockets.reported(report);
          return;
        case 'toast':
          this.options.error('toast', report.text);
          return;
        case 'trouble':
          this.options.problem(report.message);
          return;
      }
    });
  }

  /** Between two steps: takes the page's stamps and, from the start line on, now and then the measure of what it holds. */
  async rest(): Promise<void> {
    await this.drain();
    if (!this.finished && nowMs() >= this.options.measuringFrom()) await this.memory.look();
  }

  /** While a step lasts: takes the stamps whenever the page comes to it, once at a time. */
  async glance(): Promise<void> {
    if (this.glancing) return;
    this.glancing = true;
    // With patience: what a late answer brought would be nobody's.
    await this.drain(glanceMs);
    this.glancing = false;
  }

  /** Takes the page's stamps and records the cards they settle. */
  async drain(patienceMs = drainMs): Promise<void> {
    if (this.finished || this.options.page.isClosed()) return;
    const stamps = await this.asker.ask('window.__muster?.drain() ?? []', patienceMs);
    // Undefined: busy, or between two documents. The stamps wait, or travel on to the next document.
    if (stamps) this.guard(() => this.take(stamps, false));
  }

  /** Brings out the vitals of the current document and records them; before a navigation that the harness starts. */
  async flush(): Promise<void> {
    if (this.finished || this.options.page.isClosed()) return;
    const stamps = await this.asker.ask('window.__muster?.flush(false) ?? []', flushMs);
    if (!stamps)
      this.options.problem(
        `The page at ${withoutQuery(this.options.page.url())} did not answer a flush: its last vitals may be missing.`,
      );
    this.guard(() => {
      this.take(stamps ?? [], false);
      this.writeVitals();
    });
  }

  /** As `flush`, gives the last interaction its time, and closes the books. */
  async finish(): Promise<void> {
    if (this.finished) return;
    const { page, problem } = this.options;
    const stamps = page.isClosed() ? undefined : await this.asker.ask('window.__muster?.flush(true) ?? []', flushMs);
    if (!stamps)
      problem(
        `The page ${page.isClosed() ? 'was closed' : 'did not answer'} before its telemetry was finished: its last vitals and card changes may be missing.`,
      );
    else if (nowMs() >= this.options.measuringFrom()) await this.memory.look(true);
    this.memory.close();
    this.finished = true;
    this.guard(() => {
      this.take(stamps ?? [], true);
      this.writeVitals();
      this.sockets.write(true);
      this.options.record(this.asker.clock.event('harness'));
      this.options.record(this.sockets.clock());
      const disagreement = this.sockets.disagreement();
      if (disagreement !== undefined) problem(disagreement);
    });
  }

  /** When the analyst last clicked or typed; by the page's clock. */
  async interactedAt(): Promise<number | undefined> {
    const at = await this.options.page.evaluate<number>('window.__muster?.interactedAt() ?? 0');
    return at > 0 ? at : undefined;
  }

  private onNews(frame: string, news: SocketNews): void {
    if (news.type !== 'trouble') this.stamps.announce(frame, news);
    else if (news.fault === 'product') this.options.error('page', news.message);
    else this.options.problem(news.message);
  }

  private take(stamps: readonly Stamp[], final: boolean): void {
    this.stamps.take(stamps, final);
    this.sockets.write(false);
  }

  private writeVitals(): void {
    for (const vital of this.vitals.take()) this.options.record(vital);
  }

  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.options.problem(error instanceof Error ? error.message : String(error));
    }
  }
}
