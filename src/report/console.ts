/** The summary as a person reads it in a terminal: the verdict, then the reasons, then the figures, then what to do next. */
import type { Folded } from './fold.ts';
import { bytes, duration, score, share, whole } from './format.ts';
import type { MetricRow, Summary } from './summary.ts';
import { clip, columns, paintWith, WIDTH, wrap, type Paint } from './text.ts';

export interface ConsoleInput {
  summary: Summary;
  details: Pick<Folded, 'analysts' | 'complaints' | 'torn'>;
  /** Where the results are, as a person would type it. */
  resultsPath: string;
  colour: boolean;
}

const INDENT = 10;
/** How many reasons and complaints the console shows; the summary holds them all. */
const SHOWN_REASONS = 12;
const SHOWN_COMPLAINTS = 3;

/** The whole block, without a last newline; no line is wider than 100 columns unless one word is. */
export function renderSummary({ summary, details, resultsPath, colour }: ConsoleInput): string {
  const paint = paintWith(colour);
  const blocks = [
    headline(summary, paint),
    figures(summary, details, paint),
    ...(summary.analysts === 0 ? [] : [
      table('Vitals', ['p50', 'p75', 'p95', 'samples'], vitalRows(summary.metrics), paint),
      table('Cards', ['p50', 'p75', 'p95', 'samples'], cardRows(summary.metrics), paint),
      table('Steps', ['p50', 'p95', 'max', 'samples'], stepRows(summary.metrics), paint),
    ]),
    complaints(details, paint),
    next(summary, resultsPath, paint),
  ];
  return blocks.filter((block) => block.length > 0).map((block) => block.join('\n')).join('\n\n');
}

/** Verdict and reasons, as `headline` shows them, for a run that never came so far as to have figures. */
export function renderVerdict(verdict: Summary['verdict'], reasons: readonly string[], colour: boolean): string {
  return headline({ verdict, reasons }, paintWith(colour)).join('\n');
}

function headline({ verdict, reasons }: { verdict: Summary['verdict']; reasons: readonly string[] }, paint: Paint): string[] {
  const ink = verdict === 'PASS' ? paint.good : verdict === 'FAIL' ? paint.bad : paint.doubtful;
  const shown = reasons.slice(0, SHOWN_REASONS);
  const hidden = reasons.length - shown.length;
  if (hidden > 0) shown.push(`… and ${hidden} more in summary.json.`);
  return shown.flatMap((reason, at) => wrap(reason, WIDTH - INDENT).map((line, lineAt) => {
    const label = at === 0 && lineAt === 0 ? paint.strong(ink(verdict)) + ' '.repeat(INDENT - verdict.length) : ' '.repeat(INDENT);
    return label + line;
  }));
}

function figures(summary: Summary, { analysts }: ConsoleInput['details'], paint: Paint): string[] {
  const { projects, overlap, sockets, ledger } = summary;
  const took = duration(Date.parse(summary.endedAt) - Date.parse(summary.startedAt));
  const shard = summary.shard === null ? [] : [`shard ${summary.shard}`];
  const lines: [string, string[]][] = [
    ['Run', [summary.runId, ...shard, summary.target.kind === 'embedded' ? 'the embedded product' : summary.target.baseURL, took]],
  ];
  if (summary.analysts > 0) {
    const finished = analysts.filter(({ outcome }) => outcome === 'ok').length;
    const atMax = overlap.shareAtMax === null ? [] : [`${share(overlap.shareAtMax)} of the time`];
    lines.push(
      ['Journeys', [`${finished} of ${summary.analysts} finished`, `${overlap.achieved} at once (${overlap.planned} planned)`, ...atMax]],
      ['Projects', [
        `${projects.launched} launched`, `${projects.completed} completed`, ...some(projects.failed, 'failed'), ...some(projects.cancelled, 'cancelled'),
        ...some(projects.pendingReview, 'left for review'), ...some(projects.inProgress, 'in progress'), ...some(projects.rateLimited, 'rate-limited'),
        ...(projects.meanDurationMs === null ? [] : [`mean ${duration(projects.meanDurationMs)}`]),
      ]],
      ['Ledger', [
        `${ledger.intended} intended`, `${ledger.acknowledged} accepted`, `${ledger.listed} listed`, `${ledger.finished} ended`,
        `${ledger.lost} lost`, ...some(ledger.duplicated, 'duplicated'), `${ledger.deleted} deleted`, `${ledger.remaining ?? 'unknown'} remaining`,
      ]],
      ['Sockets', [
        `${sockets.opened} opened`, `${sockets.reconnects} reconnected`, `${sockets.abnormalCloses} closed abnormally`,
        `${whole(sockets.framesReceived)} frames`, bytes(sockets.bytesReceived),
      ]],
    );
  }
  return lines.flatMap(([label, parts]) => wrapParts(parts).map((line, at) => paint.quiet((at === 0 ? label : '').padEnd(INDENT)) + line));
}

function some(count: number, word: string): string[] {
  return count === 0 ? [] : [`${count} ${word}`];
}

/** Joins with middle dots; a part that no longer fits begins a new line, and no part is broken. */
function wrapParts(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + part.length <= WIDTH - INDENT) lines[lines.length - 1] = `${last} · ${part}`;
    else lines.push(part);
  }
  return lines;
}

function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string[] {
  if (rows.length === 0) return [];
  const [head, ...body] = columns([[title.padEnd(34), ...heads], ...rows]);
  return [paint.quiet(head ?? ''), ...body];
}

/** Each vital of page loads and of route changes; those that every analyst owes are shown even without a sample. */
function vitalRows(metrics: readonly MetricRow[]): string[][] {
  const wanted = [
    ['web.lcp', 'LCP, page load'], ['soft.lcp', 'LCP, route change'], ['web.inp', 'INP, page load'], ['soft.inp', 'INP, route change'],
    ['web.cls', 'CLS, page load'], ['soft.cls', 'CLS, route change'], ['web.fcp', 'FCP, page load'], ['web.ttfb', 'TTFB, page load'],
  ] as const;
  return wanted.flatMap(([name, label]) => wholeRows(metrics, name).map((row) => {
    const show = row.unit === '' ? score : duration;
    return [label, show(row.p50), show(row.p75), show(row.p95), samples(row)];
  }));
}

function cardRows(metrics: readonly MetricRow[]): string[][] {
  const wanted = [
    ['card.freshness', 'committed → painted'], ['card.arrival', 'committed → frame arrived'], ['card.paint', 'frame arrived → painted'],
    ['card.propagation', 'colleague’s launch → painted'],
  ] as const;
  return wanted.flatMap(([name, label]) => wholeRows(metrics, name).map((row) =>
    [label, duration(row.p50), duration(row.p75), duration(row.p95), samples(row)]));
}

/** Slowest first. */
function stepRows(metrics: readonly MetricRow[]): string[][] {
  return metrics
    .filter(({ name, tags }) => name.startsWith('step.') && Object.keys(tags).length === 0)
    .sort((a, b) => (b.p50 ?? 0) - (a.p50 ?? 0))
    .map((row) => [clip(row.name.slice('step.'.length), 40), duration(row.p50), duration(row.p95), duration(row.max), samples(row)]);
}

function wholeRows(metrics: readonly MetricRow[], wanted: string): MetricRow[] {
  return metrics.filter(({ name, tags }) => name === wanted && Object.keys(tags).length === 0);
}

function samples({ count, expected, censored }: MetricRow): string {
  return `${whole(count)} of ${whole(expected)}${censored === 0 ? '' : `, ${censored} censored`}`;
}

function complaints({ complaints: all, torn }: ConsoleInput['details'], paint: Paint): string[] {
  const lines = all.slice(0, SHOWN_COMPLAINTS).map(({ source, message, count, analysts }) =>
    clip(`${count} × ${source}, ${analysts === 1 ? 'one analyst' : `${analysts} analysts`}: ${message.split('\n')[0] ?? ''}`, WIDTH - INDENT));
  if (all.length > SHOWN_COMPLAINTS) lines.push(`… and ${all.length - SHOWN_COMPLAINTS} other kinds, in events/.`);
  if (torn.length > 0) lines.push(...wrap(`A killed worker left ${torn.length === 1 ? 'a record' : `${torn.length} records`} cut short: ${torn.join(', ')}.`, WIDTH - INDENT));
  return lines.map((line, at) => paint.quiet((at === 0 ? 'Noticed' : '').padEnd(INDENT)) + line);
}

function next({ verdict, ledger }: Summary, resultsPath: string, paint: Paint): string[] {
  const steps: [string, string][] = [['Results', resultsPath]];
  if (ledger.remaining !== 0) steps.push(['Next', 'npm run sweep    deletes what this run left in the product']);
  steps.push([ledger.remaining === 0 ? 'Next' : '', verdict === 'PASS' ? 'npm run report   makes the Allure report of this run' : 'npm run report   shows each failure step by step']);
  return steps.map(([label, text]) => paint.quiet(label.padEnd(INDENT)) + text);
}
