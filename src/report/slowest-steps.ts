/** Which steps took longest, and whose: for whoever asks where the time went. Pure; the figures are the fold's. */
import { shownFigures, slower } from './sections.ts';
import type { MetricRow } from './summary.ts';
import type { Lane, Timeline } from './timeline.ts';

export interface SlowStep {
  readonly name: string;
  readonly metric: MetricRow;
  /** The slowest occurrence; undefined where the timeline does not hold it. */
  readonly slowest: (Pick<Lane, 'analyst' | 'bundle'> & Pick<Lane['steps'][number], 'outcome'>) | undefined;
}

const FAMILY = 'step.';

/** The `most` slowest steps, the slowest first. */
export function slowestSteps(
  metrics: readonly MetricRow[],
  timeline: Pick<Timeline, 'lanes'> | undefined,
  most: number,
): SlowStep[] {
  return metrics
    .filter(({ name, tags }) => name.startsWith(FAMILY) && Object.keys(tags).length === 0)
    .filter((metric) => shownFigures(metric).p95 !== null)
    .sort(slower)
    .slice(0, most)
    .map((metric) => {
      const name = metric.name.slice(FAMILY.length);
      return { name, metric, slowest: occurrence(name, shownFigures(metric).max ?? 0, timeline?.lanes ?? []) };
    });
}

/** The one that took as long as the figures say the slowest did: one that they leave out may have taken longer. */
function occurrence(name: string, ms: number, lanes: readonly Lane[]): SlowStep['slowest'] {
  const all = lanes.flatMap(({ analyst, bundle, steps }) =>
    steps
      .filter((step) => step.name === name)
      .map(({ from, to, outcome }) => ({ analyst, bundle, outcome, off: Math.abs(to - from - ms) })),
  );
  const [first, ...others] = all;
  return first && others.reduce((nearest, step) => (step.off < nearest.off ? step : nearest), first);
}
