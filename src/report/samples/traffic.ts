/** Samples of what goes over the wire: requests by route and status, and the live connection’s losses and silences. */
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import { add } from './measuring.ts';
import type { Measured } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** Expected are as many as were recorded; a gap’s parts, once a gap. All events are of one analyst; `routes`, of anybody's requests. */
export function addTraffic(
  measured: Measured,
  events: readonly MusterEvent[],
  account: AnalystAccount | undefined,
  routes: ReadonlySet<string>,
): void {
  const requests = events.filter((event): event is Of<'http'> => event.type === 'http' && event.measured);
  for (const request of requests) addRequest(measured, request);
  if (account !== undefined) addThroughput(measured, requests, account, routes);
  for (const event of events) {
    if (event.type === 'gap') addGap(measured, event);
    else if (event.type === 'socket' && event.phase === 'closed' && event.silenceMaxMs !== undefined) {
      const { analyst, silenceMaxMs } = event;
      add(measured, { metric: 'socket.silence', tags: {}, value: silenceMaxMs, censored: false, analyst });
    }
  }
}

function statusOf({ outcome, status }: Of<'http'>): string {
  return outcome === 'answered' ? String(status) : outcome;
}

function addRequest(measured: Measured, request: Of<'http'>): void {
  const { analyst, method, route, outcome, startedAt: from, endedAt: to, retryAfterS, status } = request;
  const tags = { status: statusOf(request) };
  add(measured, {
    metric: `http.${method} ${route}`,
    tags,
    value: to - from,
    censored: outcome !== 'answered',
    analyst,
    span: { from, to },
  });
  if (status !== 429) return;
  const refusal = { metric: 'limit.retry-after', tags: { route } };
  if (retryAfterS === undefined) measured.expectations.push({ ...refusal, count: 1 });
  else add(measured, { ...refusal, value: retryAfterS * 1000, censored: false, analyst });
}

function addThroughput(
  measured: Measured,
  requests: readonly Of<'http'>[],
  { analyst, startedAt, lastStepEndedAt }: AnalystAccount,
  routes: ReadonlySet<string>,
): void {
  if (startedAt === undefined || lastStepEndedAt === undefined || lastStepEndedAt <= startedAt) return;
  const minutes = (lastStepEndedAt - startedAt) / 60_000;
  const answered = new Map<string, number>();
  for (const { route, outcome } of requests)
    if (outcome === 'answered') answered.set(route, (answered.get(route) ?? 0) + 1);
  for (const route of routes) {
    const value = (answered.get(route) ?? 0) / minutes;
    add(measured, { metric: `throughput.${route}`, tags: {}, value, censored: false, analyst });
  }
}

function addGap(measured: Measured, { analyst, closeCode, closedAt, openedAt, resyncedAt }: Of<'gap'>): void {
  const tags = { code: closeCode === undefined ? 'unknown' : String(closeCode) };
  const span = (metric: string, from: number | undefined, to: number | undefined): void => {
    if (from === undefined || to === undefined) measured.expectations.push({ metric, tags, count: 1 });
    else add(measured, { metric, tags, value: to - from, censored: false, analyst, span: { from, to } });
  };
  span('socket.downtime', closedAt, openedAt);
  span('socket.resync', openedAt, resyncedAt);
}
