/** The last parts of `report.html`: how it stands to an earlier run, its connections, with what it was run, and what words mean. */
import type { RunFile } from '../../run/run-file.ts';
import { bytes, whole } from '../format.ts';
import { bareTable, escape } from './parts.ts';
import { metricOf } from '../registry/index.ts';
import type { Summary } from '../summary.ts';

export function baselineSection({ baseline }: Summary): string {
  if (baseline === undefined) return '';
  const { runId, compared, unlike, regressions } = baseline;
  const said =
    unlike.length > 0
      ? unlike.map((sentence) => `Not comparable: ${sentence}`)
      : regressions.length > 0
        ? regressions
        : [`None of ${compared} metrics became worse.`];
  return `<section><h2>${escape(`Against ${runId}: ${unlike.length > 0 ? 'not comparable' : `${regressions.length} of ${compared} metrics worse`}`)}</h2><ul>${said.map((line) => `<li>${escape(line)}</li>`).join('')}</ul></section>`;
}

export function socketSection({ sockets, analysts }: Summary): string {
  if (analysts === 0) return '';
  const codes = Object.entries(sockets.closeCodes ?? {}).map(([code, count]) => `${count} × ${code}`);
  const facts: readonly (readonly [string, string])[] = [
    ['Opened', `${sockets.opened}, ${sockets.reconnects} of them again after a loss`],
    ['Closed', `${sockets.abnormalCloses} abnormally${codes.length === 0 ? '' : ` (codes: ${codes.join(', ')})`}`],
    ['Received', `${whole(sockets.framesReceived)} frames, ${bytes(sockets.bytesReceived)}`],
    [
      'Versions',
      `${sockets.versionsMissed ?? 'unknown'} missed, ${sockets.versionsDuplicated ?? 'unknown'} twice, ${sockets.versionsLate ?? 'unknown'} late`,
    ],
    ['Caught up', `${sockets.rowsCaughtUp ?? 'unknown'} rows whose states during a loss nobody saw`],
  ];
  const subscriptions = Object.entries(sockets.subscriptions ?? {})
    .sort(([, one], [, other]) => other.bytes - one.bytes)
    .map(
      ([name, { results, bytes: size }]) =>
        `<tr><td>${[name, whole(results), bytes(size)].map(escape).join('</td><td>')}</td></tr>`,
    );
  const list = `<dl>${facts.map(([label, text]) => `<dt>${escape(label)}</dt><dd>${escape(text)}</dd>`).join('')}</dl>`;
  const by =
    subscriptions.length === 0
      ? ''
      : `<details><summary>By subscription</summary>${bareTable(['Subscription', 'Results', 'Bytes'], subscriptions)}</details>`;
  return `<section><h2>Live connections</h2>${list}${by}</section>`;
}

/** Settings that say more than their default are for whoever wants to run it again; all of them are here. */
export function settingsSection({ settings, versions, host, target, profile }: RunFile): string {
  const text = (value: unknown): string => {
    if (value === undefined || value === null || value === '') return '–';
    if (Array.isArray(value)) return value.join(', ') || '–';
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const lines = (facts: Readonly<Record<string, unknown>>): string =>
    Object.entries(facts)
      .map(([name, value]) => `<tr><td>${escape(name)}</td><td>${escape(text(value))}</td></tr>`)
      .join('');
  return `<section><h2>With what it was run</h2><details><summary>Settings, versions, machine</summary>${bareTable(
    ['', ''],
    [lines({ product: `${target.kind}, ${target.baseURL}`, profile, ...versions, ...host }), lines(settings)],
  )}</details></section>`;
}

/** What each metric that is shown means, how it was taken and where it is biased; and the words that a newcomer does not know. */
export function glossary({ metrics }: Summary): string {
  const shown = [...new Set(metrics.map(({ name }) => metricOf(name).name))];
  const words: readonly (readonly [string, string])[] = [
    ['p50, p95', 'Percentiles: half, and 95 of 100 samples, are at most so large.'],
    ['censored', 'The step failed or ran out of time: its true duration is longer than the one that counts here.'],
    ['excluded', 'Taken while the generator, not the product, may have been slow: kept apart from the figures.'],
    [
      'past a guard',
      'The generator’s event loops or page timers were so late in that second that its measurements are in doubt.',
    ],
  ];
  const entries = [
    ...words,
    ...shown.map((name): readonly [string, string] => {
      const { label, meaning, bias } = metricOf(name);
      return [`${label} (${name})`, `${meaning}${bias === '–' ? '' : ` Bias: ${bias}`}`];
    }),
  ];
  return `<section><h2>Glossary</h2><details><summary>What the words and figures mean</summary><dl class="glossary">${entries.map(([word, meaning]) => `<dt>${escape(word)}</dt><dd>${escape(meaning)}</dd>`).join('')}</dl></details></section>`;
}
