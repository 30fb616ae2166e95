/** The page's requests to the product, in the browser's own time. Runs in the page: it stands alone. */
import type { House } from './house.ts';
import type { RequestStamp } from './messages.ts';
import type { PromptedAt } from './prompts.ts';

/**
 * Wraps fetch and XMLHttpRequest for what only they know (method, status, Retry-After), gives each request to the
 * product's origin a W3C `traceparent`, and takes the times from Resource Timing. Of a request that carries files it takes
 * what the server says of its parts (Server Timing), because fetch does not tell when a body was sent. Other origins are
 * left alone: a header of ours would make the browser ask them for permission first.
 */
export function watchRequests(house: House, promptedAt: PromptedAt, origin: string): void {
  if (location.origin !== origin) return;

  interface Call {
    readonly url: string;
    readonly method: string;
    readonly traceId: string;
    readonly calledAt: number;
    readonly promptedAt: number;
    /** Of the files in its body; undefined for a body without any. */
    readonly fileBytes: number | undefined;
    /** What the page heard: from the answer's headers on, or that there is none. */
    answer?: {
      readonly status: number;
      readonly at: number;
      readonly retryAfter?: string | null;
      readonly failed: boolean;
    };
    entry?: PerformanceResourceTiming;
    uploadedAt?: number;
  }
  const open = new Set<Call>();
  /** A failure so shortly before the page is left is the leaving's. */
  const abortedMs = 1000;
  const epoch = performance.timeOrigin;

  const hex = (bytes: number): string =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const fileBytesOf = (body: unknown): number | undefined => {
    const parts: unknown[] = body instanceof FormData ? [...body.values()] : [body];
    const files = parts.filter((part) => part instanceof Blob);
    return files.length === 0 ? undefined : files.reduce((sum, { size }) => sum + size, 0);
  };
  const begin = (method: string, url: URL, body: unknown): { call: Call; traceparent: string } => {
    const traceId = hex(16);
    url.hash = '';
    const call = {
      url: url.href,
      method: method.toUpperCase(),
      traceId,
      calledAt: house.now(),
      promptedAt: promptedAt(),
      fileBytes: fileBytesOf(body),
    };
    open.add(call);
    return { call, traceparent: `00-${traceId}-${hex(8)}-01` };
  };
  /** A page that is not from a secure origin is told nothing. */
  const serverMsOf = (entry: Partial<PerformanceResourceTiming>): Pick<RequestStamp, 'serverMs'> =>
    entry.serverTiming?.length
      ? { serverMs: Object.fromEntries(entry.serverTiming.map(({ name, duration }) => [name, duration])) }
      : {};
  /**
   * Once both the page's promise and the browser's entry are there; with `last` what there is. A failure waits for the
   * next drain: when a page is left, what it was still loading fails a moment before.
   */
  const settle = (call: Call, draining = false, last = false): void => {
    const { url, method, traceId, entry, uploadedAt, answer, fileBytes } = call;
    const complete = answer !== undefined && (answer.failed ? draining : entry !== undefined);
    if (!open.has(call) || !(complete || last)) return;
    open.delete(call);
    const heard = answer !== undefined || (entry !== undefined && entry.responseStatus > 0);
    const left = !heard || (last && answer?.failed === true && house.now() - answer.at < abortedMs);
    house.stamp({
      type: 'request',
      url,
      method,
      traceId,
      status: answer?.status ?? entry?.responseStatus ?? 0,
      outcome: left ? 'left' : answer?.failed ? 'failed' : 'answered',
      ...(answer?.retryAfter ? { retryAfter: answer.retryAfter } : {}),
      startedAt: entry ? epoch + entry.startTime : call.calledAt,
      ...(entry && entry.requestStart > 0 ? { sentAt: epoch + entry.requestStart } : {}),
      ...(call.promptedAt > 0 ? { promptedAt: call.promptedAt } : {}),
      ...(fileBytes === undefined ? {} : { fileBytes }),
      ...(uploadedAt === undefined ? {} : { uploadedAt }),
      ...(entry && fileBytes !== undefined ? serverMsOf(entry) : {}),
      ...(entry && entry.responseStart > 0 ? { firstByteAt: epoch + entry.responseStart } : {}),
      endedAt: entry ? epoch + entry.responseEnd : (answer?.at ?? house.now()),
      ...(entry ? { bytesReceived: entry.transferSize } : {}),
    });
  };
  const take = (entries: PerformanceEntryList): void => {
    for (const entry of entries as PerformanceResourceTiming[]) {
      if (entry.initiatorType !== 'fetch' && entry.initiatorType !== 'xmlhttprequest') continue;
      const [url] = entry.name.split('#', 1);
      const startedAt = epoch + entry.startTime;
      // Several requests of one address may be under way: the entry is that of the call nearest to its start.
      let nearest: Call | undefined;
      const distance = (call?: Call): number => (call ? Math.abs(call.calledAt - startedAt) : 1000);
      for (const call of open)
        if (call.url === url && !call.entry && distance(call) < distance(nearest)) nearest = call;
      if (!nearest) continue;
      nearest.entry = entry;
      settle(nearest);
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'resource' });

  house.beforeDrain((last) => {
    take(observer.takeRecords());
    for (const call of open) settle(call, true, last);
  });

  const resolve = (address: string | URL): URL | undefined => {
    try {
      const url = new URL(address, document.baseURI);
      return url.origin === origin ? url : undefined;
    } catch {
      return undefined; // The browser itself will say what is wrong with it.
    }
  };

  const native = window.fetch.bind(window);
  window.fetch = (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = resolve(input instanceof Request ? input.url : input);
    if (!url) return native(input, init);
    const { call, traceparent } = begin(init?.method ?? request?.method ?? 'GET', url, init?.body);
    const headers = new Headers(init?.headers ?? request?.headers);
    headers.set('traceparent', traceparent);
    const answered = native(input, { ...init, headers });
    answered.then(
      ({ status, headers: got }) => {
        call.answer = { status, at: house.now(), retryAfter: got.get('retry-after'), failed: false };
        settle(call);
      },
      () => (call.answer = { status: 0, at: house.now(), failed: true }),
    );
    return answered;
  };

  window.XMLHttpRequest = class extends XMLHttpRequest {
    #opened: { readonly method: string; readonly url: URL } | undefined;

    override open(...args: [method: string, url: string | URL, ...more: unknown[]]): void {
      const url = resolve(args[1]);
      this.#opened = url && { method: args[0], url };
      super.open(...(args as unknown as Parameters<XMLHttpRequest['open']>));
    }

    override send(body?: Parameters<XMLHttpRequest['send']>[0]): void {
      if (this.#opened) {
        const { call, traceparent } = begin(this.#opened.method, this.#opened.url, body);
        this.setRequestHeader('traceparent', traceparent);
        // Listening to an upload makes other origins be asked for permission; this is the page's own.
        this.upload.addEventListener('load', () => (call.uploadedAt = house.now()), { once: true });
        const ended = (): void => {
          const { status } = this;
          const retryAfter = this.getResponseHeader('retry-after');
          call.answer = { status, at: house.now(), retryAfter, failed: status === 0 };
          settle(call);
        };
        this.addEventListener('loadend', ended, { once: true });
      }
      super.send(body);
    }
  };
}
