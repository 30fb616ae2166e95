/**
 * `summary.json`: the public result of a run. Complete in shape from the first version on; a quantity that nothing
 * measures yet is null, never a number made up. Milliseconds throughout, except where a field's name says otherwise.
 */
import { z } from 'zod';

const count = z.int().nonnegative();
const value = z.number().nullable();

/** Percentiles are nearest-rank. Null where there is no sample; a share has a mean only. */
const figures = z.object({ min: value, p50: value, p75: value, p90: value, p95: value, p99: value, max: value });

/** One row with empty tags for each metric, more rows for each tag's values. */
export const metricRowSchema = z.object({
  name: z.string(),
  tags: z.record(z.string(), z.string()),
  /** `ms`; empty for CLS, which has none; `share` from 0 to 1; `per minute`; `MB` of a million bytes; `MB/s`; `count`. */
  unit: z.enum(['ms', '', 'share', 'per minute', 'MB', 'MB/s', 'count']),
  /** How many samples there should have been, as far as can be known; never fewer than `count` and `excluded`. */
  expected: count,
  count,
  /** Samples of steps that failed or ran out of time: they are in the distribution with the duration they had reached. */
  censored: count,
  /** Samples kept apart because the generator was over its guards; neither in `count` nor in the figures. */
  excluded: count,
  ...figures.shape,
  /** Absent in summaries of older versions. */
  mean: value.optional(),
  /** Why some of the expected samples are not there, where that is known. */
  missingBecause: z.array(z.string()).optional(),
  /** The figures with the excluded samples; absent where none is excluded. */
  all: figures.extend({ mean: value }).optional(),
});

/** How the actual value has to stand to the limit. */
export const boundSchema = z.enum(['below', 'atMost', 'above', 'atLeast']);

export const sloRowSchema = z.object({
  metric: z.string(),
  tags: z.record(z.string(), z.string()),
  statistic: z.string(),
  /** Absent in summaries of older versions, and then `atMost`. */
  bound: boundSchema.optional(),
  limit: z.number(),
  /** Null when there is no sample, and then `pass` is false. */
  actual: value,
  pass: z.boolean(),
  /** Shown, and not part of the verdict. */
  advisory: z.literal(true).optional(),
  /** By how many samples it was judged. This and what follows is absent in summaries of older versions. */
  count: count.optional(),
  /** How many more were kept apart because the generator was over its guards, and the value with them; absent for none. */
  excluded: count.optional(),
  all: value.optional(),
  /** Why there is no sample at all. */
  missing: z.string().optional(),
});

const breachKind = z.enum([
  'lost',
  'duplicated',
  'leaked',
  'stuck',
  'resurrected',
  'overwritten',
  'orphaned',
  'foreign-result',
]);
const witness = z.enum(['journal', 'answer', 'owner', 'colleague', 'subscription', 'workbook', 'list']);

export const ledgerSchema = z.object({
  /** Projects of which the journal says that they were about to be launched. */
  intended: count,
  /** Launches that the product accepted. */
  acknowledged: count,
  /** Projects of this run that teardown found in the product's own lists. */
  listed: count,
  /** Projects whose owner saw them end. */
  finished: count,
  /** Accepted, and then in no list of the product any more; without a list: last seen to be gone. */
  lost: count,
  /** Projects that exist, or were run, more than once. */
  duplicated: count,
  /** Projects of which somebody of another organisation was shown something. Null when nobody searched. */
  leaked: count.nullable(),
  /** Projects that stood still for as long as a run may take. Null when nobody watched. */
  stuck: count.nullable(),
  /** Projects of which a state was replaced by one that cannot follow it. Null when nobody watched. */
  overwritten: count.nullable(),
  /** Projects that went back to work after they had ended. This and what follows is absent in summaries of older versions. */
  resurrected: count.nullable().optional(),
  /** Projects that nobody should have: refused, unknown to the journal, or left behind. */
  orphaned: count.optional(),
  /** Workbooks that are another project's, or not the one made alone. Null when none was downloaded. */
  foreignResults: count.nullable().optional(),
  deleted: count,
  /** Projects that teardown could not delete. Null when teardown left no record, so that nobody knows. */
  remaining: count.nullable(),
  /**
   * Workbooks against those made alone with the same choices; `none`: there is none to compare with; `unrecognised`: of an
   * attached product whose layout is not known here, so that they were downloaded and not checked. Absent for none.
   */
  golden: z.object({ equal: count, different: count, none: count, unrecognised: count.optional() }).optional(),
  /** Every breach, with who saw what when. */
  breaches: z
    .array(
      z.object({
        kind: breachKind,
        project: z.string(),
        what: z.string(),
        evidence: z.array(z.object({ at: z.number(), analyst: z.string(), witness, saw: z.string() })),
      }),
    )
    .optional(),
});

export const summarySchema = z.object({
  schema: z.literal(1),
  runId: z.string(),
  shard: z.int().positive().nullable(),
  prefix: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  target: z.object({ kind: z.enum(['embedded', 'attached']), baseURL: z.string() }),
  profile: z.string(),
  /** What this run cannot prove because of how its analysts got in, a few words each; absent where there is nothing. */
  unproved: z.array(z.string()).optional(),
  /** How many analysts were expected to work. */
  analysts: count,
  verdict: z.enum(['PASS', 'FAIL', 'INVALID']),
  reasons: z.array(z.string()).min(1),
  projects: z.object({
    launched: count,
    completed: count,
    failed: count,
    cancelled: count,
    pendingReview: count,
    /** Launched, and not seen to end: still at work when the owner left, or when the owner was lost. */
    inProgress: count,
    rateLimited: count,
    /** Launch accepted → completed. */
    meanDurationMs: value,
  }),
  /** Analysts at work at the same time, between the start line and each one's last step. */
  overlap: z.object({
    planned: count,
    achieved: count,
    /** 0 to 1: how much of the time between the first start and the last end had `achieved` analysts at work. Null when nobody started. */
    shareAtMax: z.number().min(0).max(1).nullable(),
  }),
  metrics: z.array(metricRowSchema),
  slo: z.array(sloRowSchema),
  /** Objectives that the run's settings leave no room for, such as completion where journeys stop before it. */
  sloNotAsked: z
    .array(sloRowSchema.omit({ actual: true, pass: true, advisory: true }).extend({ why: z.string() }))
    .optional(),
  /** How the run stands to the one that BASELINE names; absent without one. */
  baseline: z
    .object({
      runId: z.string(),
      /** How many metrics could be compared. */
      compared: count,
      /** In what the runs are unlike besides the product; then the regressions say nothing. */
      unlike: z.array(z.string()),
      regressions: z.array(z.string()),
    })
    .optional(),
  ledger: ledgerSchema,
  findings: z.array(z.object({ id: z.string(), title: z.string(), severity: z.string(), evidence: z.unknown() })),
  /** One row a probe that was asked for; absent where none was, and in summaries of older versions. */
  probes: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        /** `not-run`: it could not be asked of this product; `broken`: it came to no answer. Both say `why`. */
        outcome: z.enum(['clean', 'finding', 'not-run', 'broken']),
        why: z.string().optional(),
        tries: count,
        hits: count,
        durationMs: z.number(),
      }),
    )
    .optional(),
  sockets: z.object({
    opened: count,
    reconnects: count,
    abnormalCloses: count,
    framesReceived: count,
    bytesReceived: count,
    /** Absent in summaries of older versions. Versions that never came, came twice, or came after a later one. */
    versionsMissed: count.optional(),
    versionsDuplicated: count.optional(),
    versionsLate: count.optional(),
    /** Rows whose states during a lost connection were never shown. */
    rowsCaughtUp: count.optional(),
    /** How often each code closed a connection; `none` where nobody saw it close. */
    closeCodes: z.record(z.string(), count).optional(),
    /** Where the connections were opened: in the page, a frame of it, or a worker. */
    places: z.record(z.string(), count).optional(),
    /** Results and their bytes by subscription. */
    subscriptions: z.record(z.string(), z.object({ results: count, bytes: count })).optional(),
  }),
  /** What each analyst's pages held and how long their frames took, from the start line on. Absent in summaries of older versions. */
  pages: z
    .array(
      z.object({
        analyst: z.string(),
        /** At most sixty, oldest first; `at` in milliseconds since 1970. */
        readings: z.array(
          z.object({ at: z.number(), page: z.string(), heapBytes: z.number(), nodes: count, tookMs: z.number() }),
        ),
        /** Of one page of one document, between its first and last reading; absent where none was read twice. */
        growth: z.object({ page: z.string(), share: z.number(), overMs: z.number() }).optional(),
        longFrames: z.object({
          count,
          blockingMs: z.number(),
          worst: z
            .object({
              at: z.number(),
              page: z.string(),
              durationMs: z.number(),
              blockingMs: z.number(),
              ownMs: z.number(),
              script: z
                .object({ durationMs: z.number(), invoker: z.string(), source: z.string(), name: z.string() })
                .optional(),
            })
            .optional(),
        }),
      }),
    )
    .optional(),
  /** The generator's own health between start line and last step; null where the machine does not tell. */
  generator: z.object({
    /** Shares of all cores, 95th percentile over the seconds: generator, product, everything else on the machine. */
    cpuP95: value,
    productCpuP95: value,
    restCpuP95: value.optional(),
    /** The share of a second in which something waited for a core, 95th percentile over the seconds. */
    psiP95: value,
    /** 95th percentile, over all seconds and workers, of a second's 95th percentile. */
    loopLagP95Ms: value,
    /** The share of all page timers that came more than 50 ms late. */
    driftOver50msShare: value,
    memoryPeakBytes: value.optional(),
    productMemoryPeakBytes: value.optional(),
    /** Seconds in which somebody watched the live monitor: their browser was load on this machine. Absent where nobody did. */
    watchedSeconds: z.number().optional(),
    /** Seconds past a guard, and how many there were in all. */
    invalidSeconds: value,
    judgedSeconds: value.optional(),
  }),
});

export type MetricRow = z.infer<typeof metricRowSchema>;
export type Bound = z.infer<typeof boundSchema>;
export type SloRow = z.infer<typeof sloRowSchema>;
export type Ledger = z.infer<typeof ledgerSchema>;
export type Summary = z.infer<typeof summarySchema>;
export type Verdict = Summary['verdict'];
export type Finding = Summary['findings'][number];
export type ProbeRow = NonNullable<Summary['probes']>[number];
