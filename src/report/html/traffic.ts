/** What went over the wire, in `report.html`: requests by route, and live connections. */
import { bytes, percent, perMinute, whole } from '../format.ts';
import { isComputing, shownFigures, showIn, slower } from '../sections.ts';
import { metricOf } from '../registry/index.ts';
import type { MetricRow, Summary } from '../summary.ts';
import { metricTableOf } from './figure-table.ts';
import {
  definitions,
  escape,
  folded,
  metricLink,
  note,
  notes,
  section,
  stackedTable,
  wordLine,
  wordTable,
} from './parts.ts';

const FAMILY = 'http.';

/** One line a route, the busiest first: how often, how long, and how it was answered. */
export function routePart({ metrics }: Summary): string {
  const routes = metrics
    .filter(({ name, tags }) => name.startsWith(FAMILY) && Object.keys(tags).length === 0)
    .sort((one, other) => samplesIn(other) - samplesIn(one));
  const [busiest] = routes;
  if (busiest === undefined) return '';
  const total = routes.reduce((sum, row) => sum + samplesIn(row), 0);
  const answers = routes.map((row) => answersTo(row, metrics));
  const refused = answers.reduce((sum, { limited }) => sum + limited, 0);
  const broken = answers.reduce((sum, { failed }) => sum + failed, 0);
  const lines = routes.map((row, place) => {
    const { classes, limited, failed } = answers[place] ?? NO_ANSWERS;
    const show = showIn(row.unit);
    const { p50, p95 } = shownFigures(row);
    const route = row.name.slice(FAMILY.length);
    const each = metrics.find(({ name }) => name === `throughput.${route.split(' ')[1] ?? ''}`);
    const figures = [whole(samplesIn(row)), perMinute(each?.mean), show(p50), show(p95)];
    const bad = (count: number): string => `<td${count > 0 ? ' class="short"' : ''}>${count}</td>`;
    const waits = isComputing(row.name) ? '<small>answered when the product has computed</small>' : '';
    return `<tr><th scope="row">${metricLink(row.name, route)}${waits}</th>${figures.map((figure) => `<td>${escape(figure)}</td>`).join('')}<td>${escape(classes)}</td>${bad(limited)}${bad(failed)}</tr>`;
  });
  const heads = ['count', 'each analyst', 'p50', 'p95', 'answers', '429', 'failed'];
  const slowest = routes.filter(({ name }) => !isComputing(name)).sort(slower)[0];
  const title = `Requests: ${total === 1 ? 'one' : whole(total)}, ${refused === 0 ? 'none refused for the rate limit' : `${refused} refused for the rate limit (429)`}, ${broken === 0 ? 'none failed' : `${broken} failed`}${
    slowest === undefined
      ? ''
      : `; slowest, but for what waits for computing, ${slowest.name.slice(FAMILY.length)}, p95 ${showIn(slowest.unit)(shownFigures(slowest).p95)}`
  }`;
  const said = [
    'What the pages asked the product for from the start line on, to the last byte of the answer.',
    '“Each analyst”: answered requests of an analyst in a minute of work.',
    '“Failed”: no answer, or an error of the server (5xx).',
  ];
  return section(
    'requests',
    title,
    notes(said) +
      stackedTable('Requests by route', 'figures', ['', ...heads], lines) +
      folded('All percentiles, and by status', metricTableOf(metrics, 'Requests')),
  );
}

interface Answers {
  /** `15 × 2xx, 1 × 4xx, 2 left`. */
  readonly classes: string;
  readonly limited: number;
  readonly failed: number;
}

const NO_ANSWERS: Answers = { classes: '–', limited: 0, failed: 0 };

function answersTo({ name }: MetricRow, metrics: readonly MetricRow[]): Answers {
  const counts = new Map<string, number>();
  for (const row of metrics) {
    const status = row.tags['status'];
    if (row.name !== name || status === undefined) continue;
    const kind = /^\d{3}$/.test(status) ? `${status.charAt(0)}xx` : status;
    for (const key of status === '429' ? [kind, '429'] : [kind])
      counts.set(key, (counts.get(key) ?? 0) + samplesIn(row));
  }
  const of = (key: string): number => counts.get(key) ?? 0;
  const classes = [...counts].filter(([key]) => key !== '429').map(([key, count]) => `${whole(count)} × ${key}`);
  return { classes: classes.join(', ') || '–', limited: of('429'), failed: of('failed') + of('5xx') };
}

function samplesIn({ count, excluded }: MetricRow): number {
  return count + excluded;
}

export function socketPart(summary: Summary): string {
  const { sockets, analysts, metrics } = summary;
  if (analysts === 0) return '';
  const codes = Object.entries(sockets.closeCodes ?? {}).map(([code, count]) => `${count} × ${code}`);
  const versions = [
    [sockets.versionsMissed, 'never came'],
    [sockets.versionsDuplicated, 'came twice'],
    [sockets.versionsLate, 'came after a later one'],
  ] as const;
  const facts = [
    ['Opened', `${sockets.opened}, of them ${sockets.reconnects} again after a loss`],
    [
      'Closed',
      `${sockets.abnormalCloses} abnormally${codes.length === 0 ? '' : ` (close codes: ${codes.join(', ')}; 1000, 1001 and 1005 are in order; “none”: the page was closed, and its connection with it)`}`,
    ],
    ['Received', `${whole(sockets.framesReceived)} frames, ${bytes(sockets.bytesReceived)}`],
    ['Versions', versions.map(([count, what]) => `${count ?? 'an unknown number'} ${what}`).join(', ')],
    [
      'Caught up',
      `${sockets.rowsCaughtUp ?? 'an unknown number of'} rows changed more than once while a connection was lost; only their newest state was shown`,
    ],
    ...missedFact(metrics),
  ] as const;
  const subscriptions = Object.entries(sockets.subscriptions ?? {})
    .sort(([, one], [, other]) => other.bytes - one.bytes)
    .map(([name, { results, bytes: size }]) => wordLine([name, whole(results), bytes(size)]));
  const by =
    subscriptions.length === 0
      ? ''
      : folded('By subscription', wordTable('Subscriptions', ['Subscription', 'Results', 'Bytes'], subscriptions));
  const title = `Live connections: ${sockets.reconnects === 0 ? 'none was lost' : `${sockets.reconnects} lost and opened again`}, ${sockets.versionsMissed ? `${sockets.versionsMissed} updates never came` : 'no update is missing'}`;
  const said =
    'The WebSocket by which the product pushes changes to each page. Every change has a version, so that one that is missing is noticed.';
  return section('connections', title, note(said) + definitions(facts) + metricTableOf(metrics, 'Connection') + by);
}

/** Changes that arrived and were not shown. */
function missedFact(metrics: readonly MetricRow[]): (readonly [string, string])[] {
  const row = metrics.find(({ name, tags }) => name === 'rate.cards-missed' && Object.keys(tags).length === 0);
  if (row?.mean === undefined || row.mean === null) return [];
  return [
    [
      'Never shown',
      `${percent(row.mean)} of ${whole(row.count)} changes of watched cards (${metricOf(row.name).label})`,
    ],
  ];
}
