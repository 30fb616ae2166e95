/** Samples of what goes over the wire: requests by route and status, and the live connection’s losses and silences. */
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import type { Measured, Sample } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** Adds them to what has been measured. Expected are as many as were recorded; a gap’s parts, once a gap. */
export function addTraffic(
  measured: Measured,
  events: readonly MusterEvent[],
  analysts: readonly AnalystAccount[],
): void {
  const requests = events.filter((event): event is Of<'http'> => event.type === 'http' && event.measured);
  for (const request of requests) addRequest(measured, request);
  for (const analyst of analysts) addThroughput(measured, requests, analyst);
  for (const event of events) {
    if (event.type === 'gap') addGap(measured, event);
    else if (event.type === 'socket' && event.phase === 'closed' && event.silenceMaxMs !== undefined) {
      const { analyst, silenceMaxMs } = event;
      add(measured, { metric: 'socket.silence', tags: {}, value: silenceMaxMs, censored: false, analyst });
    }
  }
}

function add({ samples, expectations }: Measured, sample: Sample): void {
  expectations.push({ metric: sample.metric, tags: sample.tags, count: 1 });
  samples.push(sample);
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
): void {
  if (startedAt === undefined || lastStepEndedAt === undefined || lastStepEndedAt <= startedAt) return;
  const minutes = (lastStepEndedAt - startedAt) / 60_000;
  const mine = requests.filter((request) => request.analyst === analyst && request.outcome === 'answered');
  for (const route of new Set(requests.map((request) => request.route))) {
    const value = mine.filter((request) => request.route === route).length / minutes;
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
