/** What Allure is told of a whole run besides its tests: figures, the environment and the verdict's reasons. Pure. */
import type { Globals } from 'allure-js-commons';
import type { RunFile } from '../../run/run-file.ts';
import { kindOf } from '../compare/likeness.ts';
import { isInDoubt } from '../sections.ts';
import type { Summary } from '../summary.ts';
import { metricsOf } from './allure-metrics.ts';
import type { Pictures } from './pictures.ts';

export interface AllureExtras {
  readonly summary: Summary;
  readonly run: RunFile;
  /** The run's own report. */
  readonly page: string;
  readonly pictures: Pictures;
}

/** Files for the folder of Allure's raw results, by name. */
export function allureExtras({ summary, run, page, pictures }: AllureExtras): Record<string, string> {
  const source = `${summary.runId}-attachment.html`;
  return {
    [`${summary.runId}-perf.json`]: JSON.stringify(metricsOf(summary, kindOf(run))),
    [`${summary.runId}-globals.json`]: JSON.stringify(globalsOf(summary, source)),
    [source]: page,
    'environment.properties': environmentOf(summary, run, pictures),
  };
}

/** What a report is called, also in the trends of later ones. */
export function reportName({ runId, verdict, analysts }: Summary): string {
  return `Muster ${runId} · ${verdict} · ${analysts} ${analysts === 1 ? 'analyst' : 'analysts'}`;
}

/** What is said of the run and of none of its tests: why it did not pass, and its own report. */
function globalsOf({ verdict, reasons, endedAt }: Summary, source: string): Globals {
  const timestamp = Date.parse(endedAt);
  return {
    attachments: [{ name: 'report.html', type: 'text/html', source, timestamp }],
    errors: verdict === 'PASS' ? [] : reasons.map((reason) => ({ message: `${verdict}: ${reason}`, timestamp })),
  };
}

function environmentOf(summary: Summary, run: RunFile, { taken, leftOut }: Pictures): string {
  const { runId, verdict, reasons, target, analysts, profile, metrics } = summary;
  const doubtful = metrics.filter(isInDoubt).length;
  const facts: Readonly<Record<string, string>> = {
    Run: runId,
    Verdict: verdict,
    Reason: reasons[0] ?? '',
    Product: target.kind === 'embedded' ? 'embedded' : target.baseURL,
    Analysts: String(analysts),
    Profile: profile,
    Journey: journeyOf(run),
    Browser: run.versions['browser'] ?? 'unknown',
    ...(verdict === 'INVALID'
      ? { Figures: 'not shown: the run is INVALID' }
      : doubtful > 0
        ? { Figures: `${doubtful} of ${metrics.length} not shown: taken while the generator was past a guard` }
        : {}),
    ...(leftOut > 0 ? { Pictures: `of the first ${taken} failed journeys; ${leftOut} more have none` } : {}),
  };
  // A backslash or a line's end would be read as part of the format.
  const clean = (text: string): string => text.replaceAll(/[\\\r\n]+/g, ' ');
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${clean(value)}\n`)
    .join('');
}

/** Runs of older versions do not say. */
function journeyOf({ settings: { JOURNEY } }: RunFile): string {
  return typeof JOURNEY === 'string' ? JOURNEY : 'whole';
}
