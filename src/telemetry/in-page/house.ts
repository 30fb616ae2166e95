/** The page's own side of telemetry. Each function here runs in the page: it stands alone, without imports or module state. */
import type { Report, ReportBody, Stamp } from './messages.ts';

/** What Node calls in the page. */
export interface PageApi {
  /** When the analyst last clicked or typed; 0 for never. */
  interactedAt(): number;
  /** Takes the stamps gathered so far. */
  drain(): Stamp[];
  /** Brings out what vitals hold back until a page is left, then drains. `settle`: gives the last interaction time to be reported. */
  flush(settle: boolean): Promise<Stamp[]>;
}

export interface House {
  /** Unique. */
  readonly document: string;
  report(body: ReportBody, at?: number): void;
  stamp(stamp: Stamp): void;
  now(): number;
  routeAt(): number;
  /** Runs when the path changes within the document, after the route's own stamp and before the page shows it. */
  onRoute(hook: (at: number) => void): void;
  /** Runs before stamps are taken; `last` when nothing more of this document is to come. */
  beforeDrain(hook: (last: boolean) => void): void;
  /** From here on a flush stays hidden: whoever listens for the page's visibility already hears of it, whoever comes later does not. */
  seal(): void;
}

declare global {
  interface Window {
    __musterReport?: (report: string) => void;
    __muster?: PageApi;
  }
}

/**
 * Opens the house in a new document. A document that is left takes its last words to the next one of its origin in the
 * tab's session storage, because a binding's call is lost at that moment.
 */
export function openHouse(): House {
  const storageKey = '__muster';
  /** After a click, INP was absent for 300 ms and present after 1.5 s. */
  const settleMs = 1500;
  const documentId = `${Math.round(performance.timeOrigin).toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const now = (): number => performance.timeOrigin + performance.now();
  let stamps: Stamp[] = [];
  let lastWords: Report[] = [];
  let leaving = false;
  let sequence = 0;
  let routeAt = performance.timeOrigin;
  let interactedAt = 0;
  let pretending = false;
  const hooks: ((last: boolean) => void)[] = [];
  const routeHooks: ((at: number) => void)[] = [];
  const gather = (last: boolean): Stamp[] => {
    for (const hook of hooks) hook(last);
    return stamps.splice(0);
  };

  const send = (report: Report): void => {
    if (window.__musterReport) window.__musterReport(JSON.stringify(report));
    else stamps.push({ type: 'trouble', message: `the page could not report a ${report.type}: its binding is gone` });
  };
  const save = (): void => {
    try {
      sessionStorage.setItem(storageKey, JSON.stringify({ reports: lastWords, stamps }));
    } catch {
      // A document without storage has nobody to leave its last words to: what the bindings carried is all there is.
    }
  };
  const house: House = {
    document: documentId,
    now,
    seal() {
      addEventListener(
        'visibilitychange',
        (event) => {
          if (pretending) event.stopImmediatePropagation();
        },
        true,
      );
    },
    routeAt: () => routeAt,
    onRoute: (hook) => void routeHooks.push(hook),
    beforeDrain: (hook) => void hooks.push(hook),
    report(body, at = now()) {
      sequence += 1;
      const report = { ...body, id: `${documentId}#${sequence}`, document: documentId, at };
      send(report);
      if (!leaving) return;
      lastWords.push(report);
      save();
    },
    stamp(stamp) {
      stamps.push(stamp);
      if (leaving) save();
    },
  };

  try {
    const kept = sessionStorage.getItem(storageKey);
    sessionStorage.removeItem(storageKey);
    if (kept !== null) {
      const { reports, stamps: before } = JSON.parse(kept) as { reports: Report[]; stamps: Stamp[] };
      for (const report of reports) send(report);
      stamps = before;
    }
  } catch {
    // As above.
  }

  addEventListener(
    'pagehide',
    () => {
      stamps = gather(true);
      leaving = true;
      save();
    },
    true,
  );
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return;
      leaving = false;
      lastWords = [];
      sessionStorage.removeItem(storageKey);
    },
    true,
  );

  let path = location.pathname;
  stamps.push({ type: 'route', at: routeAt, path, url: location.href, loaded: true });
  const routed = (): void => {
    if (location.pathname === path) return;
    path = location.pathname;
    routeAt = now();
    stamps.push({ type: 'route', at: routeAt, path, url: location.href, loaded: false });
    for (const hook of routeHooks) hook(routeAt);
  };
  for (const method of ['pushState', 'replaceState'] as const) {
    const native = history[method].bind(history);
    history[method] = (...args: Parameters<History['pushState']>): void => {
      native(...args);
      routed();
    };
  }
  addEventListener('popstate', routed, true);
  for (const type of ['pointerdown', 'click', 'keydown']) {
    addEventListener(
      type,
      (event) => {
        if (event.isTrusted) interactedAt = now();
      },
      { capture: true, passive: true },
    );
  }

  const frame = (): Promise<unknown> =>
    new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const idle = (): Promise<unknown> => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 300 }));
  const rest = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));
  /** web-vitals says its last word when a page is hidden: let it, and only it, believe so for a moment. */
  const pretendHidden = (): void => {
    pretending = true;
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    try {
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    } finally {
      delete (document as { visibilityState?: unknown }).visibilityState;
      pretending = false;
    }
  };
  const told = (): Stamp => ({ type: 'clock', at: now() });
  const api: PageApi = {
    interactedAt: () => interactedAt,
    drain: () => [...gather(false), told()],
    async flush(settle) {
      if (settle && interactedAt > 0) await rest(Math.max(0, interactedAt + settleMs - now()));
      await frame();
      await idle();
      pretendHidden();
      return [...gather(settle), told()];
    },
  };
  Object.defineProperty(window, '__muster', { value: api });
  return house;
}

/** What a frame needs to tell of its sockets: it has no cards and no vitals of its own, and nobody drains it. */
export function openLodge(): Pick<House, 'document' | 'now' | 'report' | 'stamp'> {
  const documentId = `f${Math.round(performance.timeOrigin).toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const now = (): number => performance.timeOrigin + performance.now();
  let sequence = 0;
  return {
    document: documentId,
    now,
    report(body, at = now()) {
      sequence += 1;
      window.__musterReport?.(JSON.stringify({ ...body, id: `${documentId}#${sequence}`, document: documentId, at }));
    },
    stamp: () => undefined,
  };
}
