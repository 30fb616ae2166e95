/** What Allure is told of a whole run besides its tests: figures with their history, the environment, and what kinds of failures there are. Pure. */
import { labelOf, metricOf } from '../registry/index.ts';
import { sectionsOf, shownFigures } from '../sections.ts';
import type { Summary } from '../summary.ts';

/** One figure, as Allure's metrics section reads it. */
interface AllureMetric {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  readonly group: string;
  readonly better: 'lower' | 'higher';
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly stop: number;
}

/** Files for the folder of Allure's raw results, by name. */
export function allureExtras(summary: Summary): Record<string, string> {
  return {
    [`${summary.runId}-perf.json`]: JSON.stringify(metricsOf(summary)),
    'environment.properties': environmentOf(summary),
    'categories.json': JSON.stringify(categories),
  };
}

/** The figures that a view at a glance shows, by the statistics that matter most for each. */
function metricsOf({ metrics, startedAt, endedAt }: Summary): AllureMetric[] {
  return sectionsOf(metrics)
    .filter(({ detail }) => !detail)
    .flatMap(({ title, statistics, rows }) =>
      rows.flatMap(({ metric }) =>
        statistics.flatMap((statistic) => {
          const value = shownFigures(metric)[statistic];
          if (value === null) return [];
          const key = `${metric.name}.${statistic}`;
          return [
            {
              id: key,
              key,
              title: `${labelOf(metric.name)}, ${statistic}`,
              value,
              unit: metric.unit,
              group: title,
              better: metricOf(metric.name).better,
              start: Date.parse(startedAt),
              stop: Date.parse(endedAt),
            },
          ];
        }),
      ),
    );
}

function environmentOf({ runId, verdict, reasons, target, analysts, profile }: Summary): string {
  const facts: Readonly<Record<string, string>> = {
    Run: runId,
    Verdict: verdict,
    Reason: reasons[0] ?? '',
    Product: target.kind === 'embedded' ? 'embedded' : target.baseURL,
    Analysts: String(analysts),
    Profile: profile,
  };
  // A backslash or a line's end would be read as part of the format.
  const clean = (text: string): string => text.replaceAll(/[\\\r\n]+/g, ' ');
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${clean(value)}\n`)
    .join('');
}

/** The first that fits counts. */
const categories = [
  { name: 'Rate limit', messageRegex: '(?s).*(\\b429\\b|[Rr]ate limit|RATE_LIMIT_WAIT_S).*' },
  {
    name: 'Set-up',
    messageRegex: '(?s).*(Signing in as|no account|START_DEADLINE_S|could not begin|was never begun).*',
  },
  {
    name: 'Generator',
    messageRegex: '(?s).*(killed or crashed|The page crashed|browser has been closed|did not finish within).*',
  },
  { name: 'Product', messageRegex: '(?s).*' },
].map((category) => ({ ...category, matchedStatuses: ['failed', 'broken'] }));
