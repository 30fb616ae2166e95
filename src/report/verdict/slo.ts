/** Service level objectives, as data: which statistic of which metric has to stay on which side of which limit. */
import { z } from 'zod';
import type { RunFile } from '../../run/run-file.ts';
import { asksForCompletion, asksForProjects, sizeOf } from '../asked.ts';
import { metricOf, statisticsOf } from '../registry/index.ts';
import { boundSchema, type Bound, type MetricRow, type SloRow, type Summary } from '../summary.ts';

/** In the metric's own unit: milliseconds, shares from 0 to 1. */
const objectiveSchema = z.strictObject({
  metric: z.string(),
  tags: z.record(z.string(), z.string()).default({}),
  statistic: z.string(),
  below: z.number().optional(),
  atMost: z.number().optional(),
  above: z.number().optional(),
  atLeast: z.number().optional(),
  /** The run is held to it for everybody to see, but does not fail by it. */
  advisory: z.literal(true).optional(),
});

export interface Objective {
  metric: string;
  tags: Record<string, string>;
  statistic: string;
  bound: Bound;
  limit: number;
  advisory?: true;
}

/** Objectives that cannot be held against any run. Its message names each and what to do. */
export class ObjectiveError extends Error {}

/** The objectives in the text of `source`, a JSON list. Throws an ObjectiveError that lists every problem. */
export function parseObjectives(text: string, source: string): Objective[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new ObjectiveError(`${source} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  if (!Array.isArray(json)) throw new ObjectiveError(`${source} is not a list of objectives: begin it with [.`);
  const problems: string[] = [];
  const objectives = json.flatMap((each: unknown, at) => {
    const result = readObjective(each);
    if (typeof result !== 'string') return [result];
    problems.push(`${source}, objective ${at + 1}: ${result}`);
    return [];
  });
  if (problems.length > 0) throw new ObjectiveError(problems.join('\n'));
  return objectives;
}

/** An objective, or a sentence that says what is wrong with it. */
function readObjective(value: unknown): Objective | string {
  const parsed = objectiveSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'unknown shape'}.`;
  }
  const { metric: name, tags, statistic } = parsed.data;
  const bounds = boundSchema.options.flatMap((bound) => {
    const limit = parsed.data[bound];
    return limit === undefined ? [] : [{ bound, limit }];
  });
  const [only] = bounds;
  if (only === undefined || bounds.length > 1) return `give exactly one of ${boundSchema.options.join(', ')}.`;
  try {
    const metric = metricOf(name);
    const statistics: readonly string[] = statisticsOf(metric);
    if (!statistics.includes(statistic))
      return `${name} has no statistic "${statistic}". It has: ${statistics.join(', ')}.`;
    const keys = Object.keys(tags);
    const unknown = keys.find((key) => !metric.tags.includes(key));
    if (unknown !== undefined)
      return `${name} has no tag "${unknown}". ${metric.tags.length === 0 ? 'It has none.' : `It has: ${metric.tags.join(', ')}.`}`;
    if (keys.length > 1) return `${name} has rows by one tag at a time; ${keys.join(' and ')} are several.`;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return { metric: name, tags, statistic, ...only, ...(parsed.data.advisory ? { advisory: true } : {}) };
}

export interface Held {
  slo: SloRow[];
  notAsked: NonNullable<Summary['sloNotAsked']>;
}

/**
 * Holds a run against objectives. No sample never passes. An objective that the run's settings leave no room for is not
 * held against it, and is listed with the reason.
 */
export function holdAgainst(
  objectives: readonly Objective[],
  metrics: readonly MetricRow[],
  run: Pick<RunFile, 'settings' | 'bundles'>,
): Held {
  const held: Held = { slo: [], notAsked: [] };
  for (const objective of objectives) {
    const why = whyNotAsked(objective, metrics, run);
    if (why === undefined) held.slo.push(hold(objective, metrics));
    else {
      const { metric, tags, statistic, bound, limit } = objective;
      held.notAsked.push({ metric, tags, statistic, bound, limit, why });
    }
  }
  return held;
}

function whyNotAsked(
  { metric, tags }: Objective,
  metrics: readonly MetricRow[],
  run: Pick<RunFile, 'settings' | 'bundles'>,
): string | undefined {
  if (!asksForProjects(run) && ofProjects(metric) && !metrics.some(({ name }) => name === metric))
    return 'the journey has none of it';
  if (['rate.completion', 'throughput.projects'].includes(metric) && !asksForCompletion(run))
    return 'journeys stop before their project is completed';
  if (metric === 'page.memory-growth' && has(metrics, 'page.heap') && !has(metrics, metric))
    return 'no page was shown long enough to be read twice';
  const { bundle, size } = tags;
  const { bundles } = run;
  if (bundles === undefined) return undefined;
  if (bundle !== undefined && !bundles.some(({ name }) => name === bundle)) return `${bundle} does not take part`;
  if (size !== undefined && !bundles.some(({ name }) => sizeOf(name, run) === size))
    return `no ${size} bundle takes part`;
  return undefined;
}

function has(metrics: readonly MetricRow[], metric: string): boolean {
  return metrics.some(({ name, count }) => name === metric && count > 0);
}

/** Metrics of which a journey without a project of its own has no sample. */
function ofProjects(metric: string): boolean {
  return /^(step|shown|from-schedule|upload|stage|review|card|throughput)\.|^rate\.(upload-success|completion)$/.test(
    metric,
  );
}

function hold(objective: Objective, metrics: readonly MetricRow[]): SloRow {
  const row = metrics.find(({ name, tags }) => name === objective.metric && sameTags(tags, objective.tags));
  const actual = figureOf(row, objective.statistic);
  return {
    ...objective,
    actual,
    pass: actual !== null && keeps(actual, objective),
    count: row?.count ?? 0,
    ...(row?.all === undefined ? {} : { excluded: row.excluded, all: figureOf(row.all, objective.statistic) }),
    ...((row?.count ?? 0) + (row?.excluded ?? 0) > 0 ? {} : { missing: whyMissing(row) }),
  };
}

function whyMissing(row: MetricRow | undefined): string {
  if (row === undefined || row.expected === 0) return 'it never happened';
  return row.missingBecause?.join('; ') ?? 'it was never recorded';
}

function figureOf(figures: object | undefined, statistic: string): number | null {
  const figure = (figures as Partial<Record<string, unknown>> | undefined)?.[statistic];
  return typeof figure === 'number' ? figure : null;
}

function sameTags(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

function keeps(actual: number, { bound, limit }: Pick<Objective, 'bound' | 'limit'>): boolean {
  switch (bound) {
    case 'below':
      return actual < limit;
    case 'atMost':
      return actual <= limit;
    case 'above':
      return actual > limit;
    case 'atLeast':
      return actual >= limit;
  }
}
