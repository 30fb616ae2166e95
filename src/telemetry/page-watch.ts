/** One page as telemetry follows it from Node: its reports, its stamps, its sockets and its errors. */
import type { Page } from '@playwright/test';
import { CardJoiner } from './card-joiner.ts';
import { ClockBounds } from './clock.ts';
import { httpEvent } from './http-event.ts';
import type { ErrorEvent, EventBody } from './events.ts';
import type { Report, Stamp } from './in-page/messages.ts';
import { PageMemory } from './page-memory.ts';
import { SocketLedger } from './socket-ledger.ts';
import type { SocketNews, SocketReader } from './socket-reader.ts';
import { StageJoiner } from './stage-joiner.ts';
import { VitalLedger } from './vital-ledger.ts';

export interface PageWatchOptions {
  readonly page: Page;
  readonly reader: SocketReader;
  readonly pageName: (url: string) => string;
  readonly routeName: (pathname: string) => string;
  /** Whether the page at a path shows cards. */
  readonly cardsShown: (path: string) => boolean;
  readonly measuringFrom: () => number;
  /** Whether a project is watched, and whether it is the analyst's own. */
  readonly watched: (project: string) => { readonly own: boolean } | undefined;
  readonly record: (body: EventBody) => void;
  readonly error: (source: ErrorEvent['source'], message: string) => void;
  readonly problem: (message: string) => void;
  readonly nextSocketId: () => string;
}

/** How long a page may take to hand over its stamps: at a step's end it may be busy and is asked again at the next one. */
const drainMs = 3000;
const flushMs = 15_000;

export class PageWatch {
  private readonly options: PageWatchOptions;
  private readonly vitals: VitalLedger;
  private readonly sockets: SocketLedger;
  private readonly memory: PageMemory;
  private readonly cards = new CardJoiner();
  private readonly stages = new StageJoiner();
  /** Own projects that the dashboard has shown. */
  private readonly met = new Set<string>();
  private readonly harnessClock = new ClockBounds();
  private readonly reports = new Set<string>();
  private document: string | undefined;
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

  /** Takes the page's stamps and records the cards they settle. */
  async drain(): Promise<void> {
    if (this.finished || this.options.page.isClosed()) return;
    const stamps = await this.ask('window.__muster?.drain() ?? []', drainMs);
    // Undefined: busy, or between two documents. The stamps wait, or travel on to the next document.
    if (stamps) this.guard(() => this.take(stamps, false));
  }

  /** Brings out the vitals of the current document and records them; before a navigation that the harness starts. */
  async flush(): Promise<void> {
    if (this.finished || this.options.page.isClosed()) return;
    const stamps = await this.ask('window.__muster?.flush(false) ?? []', flushMs);
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
    const stamps = page.isClosed() ? undefined : await this.ask('window.__muster?.flush(true) ?? []', flushMs);
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
      this.options.record(this.harnessClock.event('harness'));
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
    if (news.type === 'card') this.cards.announce(frame, news);
    if (news.type === 'stage' && this.options.watched(news.project)?.own) this.stages.announce(frame, news);
    if (news.type === 'trouble') {
      if (news.fault === 'product') this.options.error('page', news.message);
      else this.options.problem(news.message);
    }
  }

  private take(stamps: readonly Stamp[], final: boolean): void {
    const { reader, record, watched, measuringFrom } = this.options;
    for (const stamp of stamps) {
      if (stamp.type === 'frame') {
        this.cards.arrived(stamp.key, stamp.at);
        this.stages.arrived(stamp.key, stamp.at);
        this.sockets.arrived(stamp.socket, stamp.key, stamp.at);
      } else if (stamp.type === 'trouble') this.options.problem(stamp.message);
      else if (stamp.type === 'route') this.takeRoute(stamp);
      else if (stamp.type === 'long-frame') this.takeLongFrame(stamp);
      else if (stamp.type === 'request') record(httpEvent(stamp, this.options));
      else if (stamp.type === 'arrival') this.takeArrival(stamp);
      else if (stamp.type === 'drift') {
        const { from, to, samples, over, own, maxMs } = stamp;
        if (from >= measuringFrom())
          record({
            type: 'health',
            source: 'page',
            from,
            to,
            driftSamples: samples,
            driftOver50Ms: over,
            driftOwnOver50Ms: own,
            driftMaxMs: maxMs,
          });
      } else if (stamp.type === 'card') {
        const { texts, badges, mounted, paintedAt, paintEstimated, routeAt } = stamp;
        // A project that the frames have not told of is known by what its card says first.
        const project = reader.projectOf(texts) ?? texts[0] ?? '';
        this.meet(project, stamp);
        this.stages.seen(stamp);
        const status = reader.statusOf(badges);
        this.cards.seen({
          project,
          status,
          mounted,
          paintedAt,
          ...(paintEstimated ? { paintEstimated } : {}),
          routeAt,
        });
      }
    }
    for (const event of this.stages.settle(final)) record(event);
    for (const event of this.cards.settle(final, nowMs())) {
      const watch = watched(event.project);
      // What should have been painted is only known of projects that are known to be on the screen.
      if (!watch && event.paintedAt === undefined) continue;
      // Other boxes of the product are cards too; one that no frame explains and nobody watches is not a project's.
      if (watch || event.arrivedAt !== undefined) record({ ...event, own: watch?.own ?? false });
    }
    this.sockets.write(false);
  }

  private takeArrival({ url, type, ...times }: Extract<Stamp, { type: 'arrival' }>): void {
    this.options.record({ type, page: this.options.pageName(url), ...times });
  }

  /** The first sight of a project of the analyst's own. */
  private meet(project: string, { routeAt, paintedAt }: Extract<Stamp, { type: 'card' }>): void {
    if (this.met.has(project) || !this.options.watched(project)?.own) return;
    this.met.add(project);
    this.options.record({ type: 'first-card', project, routedAt: routeAt, paintedAt });
  }

  private takeRoute({ at, path, url, loaded }: Extract<Stamp, { type: 'route' }>): void {
    const { cardsShown, pageName, record, measuringFrom } = this.options;
    const cards = cardsShown(path);
    this.cards.routed(at, cards);
    record({ type: 'route', page: pageName(url), changedAt: at, loaded, cards, measured: at >= measuringFrom() });
  }

  private takeLongFrame({
    at,
    url,
    durationMs,
    blockingMs,
    ownMs,
    script,
  }: Extract<Stamp, { type: 'long-frame' }>): void {
    const { pageName, record, measuringFrom } = this.options;
    if (at < measuringFrom()) return;
    record({
      type: 'long-frame',
      page: pageName(url),
      startedAt: at,
      durationMs,
      blockingMs,
      ownMs,
      ...(script && { script: { ...script, source: withoutQuery(script.source) } }),
    });
  }

  private writeVitals(): void {
    for (const vital of this.vitals.take()) this.options.record(vital);
  }

  /** Asks the page for its stamps. Undefined when it does not answer in time or its document went away meanwhile. */
  private async ask(expression: string, timeoutMs: number): Promise<Stamp[] | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const askedAt = nowMs();
    const answer = this.options.page.evaluate<Stamp[]>(expression);
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), timeoutMs);
    });
    try {
      const stamps = await Promise.race([answer, late]);
      const clock = stamps?.findLast((stamp) => stamp.type === 'clock');
      if (clock) this.harnessClock.between(clock.at, askedAt, nowMs());
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

  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.options.problem(error instanceof Error ? error.message : String(error));
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

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}

/** Milliseconds since 1970, with fractions and without the jumps of a clock that is being set. */
function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
