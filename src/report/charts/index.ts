/** All charts of a run's page. */
import type { RunFile } from '../../run/run-file.ts';
import type { Folded } from '../fold.ts';
import { guardsOf } from '../verdict/health.ts';
import type { Charts } from '../html/charts.ts';
import { drawCardParts } from './card-chart.ts';
import { drawDistributions } from './distribution-chart.ts';
import { drawTimeline } from './time-chart.ts';

/** Draws them, one after another. */
export async function drawCharts(
  { settings }: Pick<RunFile, 'settings'>,
  { timeline, samples, facts, cardParts }: Pick<Folded, 'timeline' | 'samples' | 'facts' | 'cardParts'>,
): Promise<Charts> {
  return {
    timeline: timeline && (await drawTimeline(timeline, guardsOf(settings).GUARD_LOOP_LAG_MS)),
    distributions: await drawDistributions(samples, facts.metrics, facts.slo),
    cards: await drawCardParts(cardParts),
  };
}
