/**
 * Telemetry of one analyst's browser context. It captures and computes nothing: what it sees becomes events.
 *
 * Times are milliseconds since 1970. Those of the page are its `performance.timeOrigin + performance.now()`, those of
 * steps are Node's, those of commits and sends are the server's, all as they came: that they can be compared assumes one
 * machine's clock, which holds for the embedded product. The protocol's `clientClockSkew` is not applied: the published
 * client adds the age of its page to the time it tells the server, so the skew is off by up to a second.
 */
import type { BrowserContext, Page } from '@playwright/test';
import type { ErrorEvent, EventBody } from './events.ts';
import type { CardShape } from './in-page/messages.ts';
import { pageScript } from './in-page/script.ts';
import { PageWatch } from './page-watch.ts';
import type { Recorder } from './recorder.ts';
import type { SocketReader } from './socket-reader.ts';
import { Steps } from './steps.ts';

export type { CardShape } from './in-page/messages.ts';

export interface InstrumentOptions {
  readonly recorder: Recorder;
  /** A short, stable name of the page at an address. */
  readonly pageName: (url: string) => string;
  /** The product's origin: the requests of its pages to it are timed. */
  readonly origin: string;
  /** The route of a path: its ids replaced by `:id`. */
  readonly routeName: (pathname: string) => string;
  readonly cards: CardShape;
  /** The page, by its name, that shows the cards. */
  readonly cardsPage: string;
  /** A fresh reader of a page's sockets. */
  readonly decode: () => SocketReader;
  /** Selector of a message that tells the user of a failure; by default sonner's error toast. */
  readonly failureToast?: string;
  /** What of a step's error is recorded; by default its message. */
  readonly messageOf?: (error: unknown) => string;
}

export interface Telemetry {
  /** Runs a named step; recorded however it ends. @throws what the action threw, with the step's name in front. */
  step<T>(name: string, action: () => Promise<T>): Promise<T>;
  /** Says when the next step is due by its schedule, so that it can be told from when it begins; milliseconds since 1970. */
  schedule(at: number): void;
  /** The innermost step under way. */
  currentStep(): string | undefined;
  /** From now on navigations and their vitals are `measured`. */
  startMeasuring(): void;
  /** Card changes of this project are recorded also when no frame explains them. */
  watch(project: string, own: boolean): void;
  /** When the analyst last clicked or typed, by the page's clock; undefined when the page cannot be asked. */
  interactedAt(page: Page): Promise<number | undefined>;
  /** Brings out a page's vitals; before a navigation that the harness starts. */
  flush(page: Page): Promise<void>;
  /**
   * Brings out what is left and closes the books of a page; once, at the end of its journey, before it is closed.
   * @throws when the recorder goes on refusing, so that what is missing could not even be said.
   */
  finish(page: Page): Promise<void>;
  /** Failures of telemetry itself, also recorded as error events. Empty when every count can be trusted. */
  problems(): string[];
}

/** Instruments a context; call it before the context's first page. Throws when the browser refuses. */
export async function instrument(context: BrowserContext, options: InstrumentOptions): Promise<Telemetry> {
  const {
    recorder,
    pageName,
    routeName,
    origin,
    cards,
    cardsPage,
    decode,
    failureToast = '[data-sonner-toast][data-type=error]',
    messageOf,
  } = options;
  const problems: string[] = [];
  /** Problems that the recorder refused. */
  const untold: string[] = [];
  const watched = new Map<string, { own: boolean }>();
  const watches = new Map<Page, PageWatch>();
  let measuringFrom = Number.POSITIVE_INFINITY;
  let sockets = 0;

  const record = (body: EventBody): void => {
    try {
      recorder.record(body);
    } catch (error) {
      problem(error instanceof Error ? error.message : String(error));
    }
  };
  const error = (source: ErrorEvent['source'], message: string): void => {
    const step = steps.current;
    record({ type: 'error', source, message: message.slice(0, 2000), ...(step === undefined ? {} : { step }) });
  };
  const problem = (message: string): void => {
    problems.push(message);
    const step = steps.current;
    try {
      recorder.record({
        type: 'error',
        source: 'telemetry',
        message: message.slice(0, 2000),
        ...(step === undefined ? {} : { step }),
      });
    } catch {
      // The recorder itself is what failed: the end of the journey tries again.
      untold.push(message);
    }
  };
  const steps = new Steps({
    record,
    ...(messageOf && { messageOf }),
    duringStep() {
      for (const watch of watches.values()) void watch.glance();
    },
    async afterStep() {
      await Promise.all([...watches.values()].map((watch) => watch.rest()));
    },
  });
  const watchPage = (page: Page): PageWatch => {
    let watch = watches.get(page);
    if (watch) return watch;
    watch = new PageWatch({
      page,
      reader: decode(),
      pageName,
      routeName,
      cardsShown: (path) => pageName(new URL(path, origin).href) === cardsPage,
      measuringFrom: () => measuringFrom,
      watched: (project) => watched.get(project),
      record,
      error,
      problem,
      nextSocketId: () => `s${(sockets += 1)}`,
    });
    watches.set(page, watch);
    return watch;
  };

  await context.exposeBinding('__musterReport', ({ page }, report: string) => watchPage(page).report(report));
  await context.addInitScript({ content: pageScript({ cards, failureToast, origin }) });
  context.on('page', watchPage);

  return {
    step: (name, action) => steps.run(name, action),
    schedule: (at) => steps.schedule(at),
    currentStep: () => steps.current,
    startMeasuring: () => void (measuringFrom = Date.now()),
    watch: (project, own) => void watched.set(project, { own }),
    interactedAt: (page) => watchPage(page).interactedAt(),
    flush: (page) => watchPage(page).flush(),
    async finish(page) {
      await watchPage(page).finish();
      for (const message of untold.splice(0)) recorder.record({ type: 'error', source: 'telemetry', message });
    },
    problems: () => [...problems],
  };
}
