/**
 * The event schema: what workers append to `results/<run>/events/*.jsonl` and one process folds.
 * Times named `…At` are milliseconds since 1970 with fractions; `…Ms` are durations in milliseconds.
 */
import { z } from 'zod';
import { markerEvent, resultEvent, searchEvent, sightingEvent } from './events-ledger.ts';

const analystEvent = z.object({
  type: z.literal('analyst'),
  phase: z.enum(['begun', 'signed-in', 'ready', 'started', 'finished']),
  /** On `begun`: who this is and what is asked of them. */
  organization: z.string().optional(),
  bundle: z.string().optional(),
  /** On `finished`. */
  outcome: z.enum(['ok', 'failed']).optional(),
  error: z.string().optional(),
});

const stepEvent = z.object({
  type: z.literal('step'),
  name: z.string(),
  scheduledAt: z.number().optional(),
  startedAt: z.number(),
  endedAt: z.number(),
  /** `failed` and `timeout` steps are censored values: they stay in the distribution with their duration. */
  outcome: z.enum(['ok', 'failed', 'timeout']),
  error: z.string().optional(),
});

/** Another path is shown: by loading a document, or by a change of route within one. Times by the page's clock. */
const routeEvent = z.object({
  type: z.literal('route'),
  page: z.string(),
  changedAt: z.number(),
  loaded: z.boolean(),
  /** Whether the page shows cards. */
  cards: z.boolean(),
  /** Whether the start line was already open. */
  measured: z.boolean(),
});

/** A frame of the page that took more than 50 ms, from the start line on. Times by the page's clock. */
const longFrameEvent = z.object({
  type: z.literal('long-frame'),
  page: z.string(),
  startedAt: z.number(),
  durationMs: z.number(),
  /** What of it exceeded 50 ms in single tasks. */
  blockingMs: z.number(),
  /** The page's scripts, and style and layout. */
  ownMs: z.number(),
  /** The script of the page that took longest; absent when none took part. */
  script: z.object({ durationMs: z.number(), invoker: z.string(), source: z.string(), name: z.string() }).optional(),
});

/** What a page holds after everything that it let go of was collected, from the start line on. */
const memoryEvent = z.object({
  type: z.literal('memory'),
  page: z.string(),
  /** The document: what a new one holds says nothing of the one before it. */
  document: z.string(),
  takenAt: z.number(),
  /** Objects and buffers of its scripts. */
  heapBytes: z.number(),
  /** Also those that are in no document any more and still referred to. */
  nodes: z.int(),
  listeners: z.int(),
  /** How long the page was asked for it: the collection is an intrusion. */
  tookMs: z.number(),
});

/** A navigation of the page; hard ones load a document, soft ones change the route. The vitals to expect derive from these. */
const navigationEvent = z.object({
  type: z.literal('navigation'),
  kind: z.enum(['hard', 'soft']),
  page: z.string(),
  navigationId: z.string(),
  /** Whether the start line was already open: page-load vitals count from then on. */
  measured: z.boolean(),
});

/** The last value of one web vital of one navigation. Milliseconds; CLS has no unit. */
const vitalEvent = z.object({
  type: z.literal('vital'),
  name: z.enum(['LCP', 'INP', 'CLS', 'FCP', 'TTFB']),
  kind: z.enum(['hard', 'soft']),
  page: z.string(),
  navigationId: z.string(),
  metricId: z.string(),
  value: z.number(),
  rating: z.enum(['good', 'needs-improvement', 'poor']),
  measured: z.boolean(),
  /** When the page took the value, milliseconds since 1970; the record may be written much later. */
  takenAt: z.number().optional(),
  attribution: z.record(z.string(), z.unknown()).optional(),
});

const socketEvent = z.object({
  type: z.literal('socket'),
  /** `opened` after a page load (connectionCount 0), `reconnected` on the same session (≥ 1). */
  phase: z.enum(['opened', 'reconnected', 'closed']),
  socketId: z.string(),
  connectionCount: z.int().optional(),
  lastCloseReason: z.string().optional(),
  /** On `closed`, which is also written of sockets that are still open at the end. */
  closeCode: z.int().optional(),
  framesReceived: z.int().optional(),
  bytesReceived: z.int().optional(),
  /** Of the page itself, of a frame in it, or of neither: a worker. */
  place: z.enum(['page', 'frame', 'worker']).optional(),
  /** By the page's clock; unknown for workers. */
  openedAt: z.number().optional(),
  closedAt: z.number().optional(),
  /** The longest time without any frame, between opening and closing. */
  silenceMaxMs: z.number().optional(),
  /** Results and their bytes by subscription. */
  subscriptions: z.record(z.string(), z.object({ results: z.int(), bytes: z.int() })).optional(),
  /** Versions that never came, came twice, or came after a later one. */
  versionsMissed: z.int().optional(),
  versionsDuplicated: z.int().optional(),
  versionsLate: z.int().optional(),
});

/** A connection was lost, and another of the same session took its place. Times by the page's clock. */
const gapEvent = z.object({
  type: z.literal('gap'),
  /** The connection that took its place, and the lost one. */
  socketId: z.string(),
  lostSocketId: z.string(),
  closeCode: z.int().optional(),
  closedAt: z.number().optional(),
  openedAt: z.number().optional(),
  /** When the page had everything again that it had asked for. */
  resyncedAt: z.number().optional(),
  /** Rows that had changed meanwhile, so that their states in between were never shown. */
  rowsCaughtUp: z.int().optional(),
});

/** A status change of a card that an analyst watches, on their own dashboard. */
const cardEvent = z.object({
  type: z.literal('card'),
  project: z.string(),
  own: z.boolean(),
  /** The card's badge text or bucket as shown. */
  status: z.string(),
  /** The project itself was new to this page. */
  appeared: z.literal(true).optional(),
  committedAt: z.number().optional(),
  sentAt: z.number().optional(),
  arrivedAt: z.number().optional(),
  /** When the browser presented the frame that shows it. */
  paintedAt: z.number().optional(),
  /** The browser did not tell: `paintedAt` is the first task after that frame. */
  paintEstimated: z.literal(true).optional(),
  /**
   * What became of a change that a frame announced while cards were on the screen: painted, replaced by a later one before
   * it could be, or neither. Of what arrived while another page was shown nothing is said.
   */
  end: z.enum(['painted', 'superseded', 'missed']).optional(),
});

/**
 * How far the page's clock is ahead of another, at the end of a journey: the true offset lies between the two bounds.
 * A bound that nothing told of is left out; without both the offset is unknown.
 */
const clockEvent = z.object({
  type: z.literal('clock'),
  other: z.enum(['harness', 'product']),
  samples: z.int(),
  offsetMinMs: z.number().optional(),
  offsetMaxMs: z.number().optional(),
});

/** What became of one intended project, as its owner saw it. */
const projectEvent = z.object({
  type: z.literal('project'),
  name: z.string(),
  bundle: z.string(),
  projectId: z.string().optional(),
  /** The product's own id of its run; `runId` is this run's, in every record. */
  productRunId: z.string().optional(),
  end: z.enum(['completed', 'failed', 'cancelled', 'pending-review', 'in-progress', 'rate-limited']),
  /** The click that launched it, by its owner's page. */
  launchedAt: z.number().optional(),
  /** Launch accepted → the end seen. */
  durationMs: z.number().optional(),
});

/** A request of a page to the product (fetch or XMLHttpRequest), in the browser's own time. */
const httpEvent = z.object({
  type: z.literal('http'),
  method: z.string(),
  /** The path with ids replaced by `:id`. */
  route: z.string(),
  startedAt: z.number(),
  /** The analyst's last click, key, drop or choice of a file before it. */
  promptedAt: z.number().optional(),
  /** Of the files in its body: it is an upload. */
  fileBytes: z.int().optional(),
  /** Of an upload: how long its parts took by the server's own word (its header Server-Timing). */
  serverMs: z.record(z.string(), z.number()).optional(),
  sentAt: z.number().optional(),
  /** The last byte of the body was sent; only XMLHttpRequest tells, in steps of 100 ms. */
  uploadedAt: z.number().optional(),
  firstByteAt: z.number().optional(),
  /** The last byte of the answer was there; without an answer, when that was known. */
  endedAt: z.number(),
  /** 0 without an answer. */
  status: z.int(),
  /** `failed`: no answer came. `left`: the page was left, or the journey over, before one came; its time is a lower bound. */
  outcome: z.enum(['answered', 'failed', 'left']),
  /** What a refusal for too many requests asked for. */
  retryAfterS: z.number().optional(),
  bytesReceived: z.int().optional(),
  /** The id of its `traceparent`. */
  traceId: z.string(),
  /** Whether the start line was already open. */
  measured: z.boolean(),
});

/** A page that a change of route led to, by the page's clock. */
const arrivalEvent = z.object({
  type: z.literal('arrival'),
  page: z.string(),
  /** The analyst's last click, key, drop or choice of a file before it. */
  promptedAt: z.number().optional(),
  routedAt: z.number(),
  /** Its heading; absent when the page was left before there was one. */
  paintedAt: z.number().optional(),
});

/** The analyst's own project is on their dashboard for the first time, by the page's clock. */
const firstCardEvent = z.object({
  type: z.literal('first-card'),
  project: z.string(),
  /** When the route had last changed: an arrival, if it was then, has the same time as its `routedAt`. */
  routedAt: z.number(),
  paintedAt: z.number(),
});

/** How a run stands: at work, waiting for its owner, or at one of its ends. */
const standing = z.enum(['active', 'waiting', 'completed', 'failed', 'cancelled']);

/** A run of the analyst's own project is at another stage, or has another status, as frames told its owner's page. */
const stageEvent = z.object({
  type: z.literal('stage'),
  project: z.string(),
  /** The product's own id of the run. */
  productRunId: z.string(),
  standing,
  /** The product's own words. */
  status: z.string(),
  stage: z.string(),
  /** 0–100, as the product counts; it may fall. */
  progress: z.number().optional(),
  /** Absent where the page was told of it late, as after a reconnect: it had been committed at some time before. */
  committedAt: z.number().optional(),
  sentAt: z.number().optional(),
  arrivedAt: z.number().optional(),
  /** Where a page that shows stages was open. */
  paintedAt: z.number().optional(),
});

/** An analyst, or a person in their place, saved the review of their project. */
const reviewEvent = z.object({
  type: z.literal('review'),
  project: z.string(),
  /** Of the request that carries it; its `http` record has the times. */
  route: z.string(),
  /** When the form was there to be saved; milliseconds since 1970. */
  openedAt: z.number(),
  /** How the run stood by the product's answer; absent where nobody read one. */
  answered: standing.optional(),
});

const errorEvent = z.object({
  type: z.literal('error'),
  source: z.enum(['page', 'console', 'request', 'toast', 'telemetry']),
  message: z.string(),
  step: z.string().optional(),
});

/**
 * One second of the generator's own health. The record's `analyst` is `analyst-NN` for a page, `worker-N` for a worker,
 * `machine` for the machine. What cannot be had is left out.
 */
const healthEvent = z.object({
  type: z.literal('health'),
  source: z.enum(['worker', 'page', 'machine']),
  /** The window, milliseconds since 1970. */
  from: z.number(),
  to: z.number(),
  /** Worker: delay of the event loop within the window. */
  loopLagP95Ms: z.number().optional(),
  loopLagMaxMs: z.number().optional(),
  /**
   * Page: samples of timer drift (about five a second), how many were more than 50 ms late and the latest, both with the
   * page's own work taken off; and how many more were late, but by that work.
   */
  driftSamples: z.int().optional(),
  driftOver50Ms: z.int().optional(),
  driftOwnOver50Ms: z.int().optional(),
  driftMaxMs: z.number().optional(),
  /** Machine: shares of all cores, 0–1. */
  cpuGenerator: z.number().optional(),
  cpuProduct: z.number().optional(),
  cpuRest: z.number().optional(),
  /** Machine: the share of the window in which something waited for a core (the kernel's pressure figure `some`). */
  psiCpuSome: z.number().optional(),
  memoryGeneratorBytes: z.number().optional(),
  memoryProductBytes: z.number().optional(),
});

/** What a probe did and how it came out. The record's `analyst` is `probe-<id>`. */
const probeEvent = z.object({
  type: z.literal('probe'),
  /** Names the probe, and the finding that it may make. */
  id: z.string(),
  title: z.string(),
  /** `not-run`: it could not be asked of this product. `broken`: it came to no answer, which says nothing of the hazard. */
  outcome: z.enum(['clean', 'finding', 'not-run', 'broken']),
  /** Why it was not run, or what broke it. */
  why: z.string().optional(),
  tries: z.int(),
  /** Tries in which the hazard showed. */
  hits: z.int(),
  durationMs: z.number(),
});

/** A defect of the product that a probe proved, with its evidence. */
const findingEvent = z.object({
  type: z.literal('finding'),
  id: z.string(),
  title: z.string(),
  severity: z.enum(['critical', 'major', 'minor']),
  /** Its number among the product's concurrency hazards, where it has one. */
  hazard: z.int().optional(),
  /** What a user would lose. */
  lost: z.string(),
  /** What was seen, a sentence a hit. */
  seen: z.array(z.string()),
  /** Who did what when in the first try that showed it. */
  steps: z.array(
    z.object({
      at: z.number(),
      analyst: z.string(),
      what: z.string(),
      durationMs: z.number(),
      outcome: z.enum(['ok', 'failed']),
    }),
  ),
  /** The requests of that try that change something, and their answers; status 0 without one. */
  requests: z.array(
    z.object({ at: z.number(), analyst: z.string(), method: z.string(), path: z.string(), status: z.int() }),
  ),
  /** What the screens showed: files in the run's folder. */
  screens: z.array(z.string()),
  tries: z.int(),
  hits: z.int(),
  /** The command that runs the probe again. */
  rerun: z.string(),
});

const base = z.object({
  v: z.literal(1),
  at: z.number(),
  runId: z.string(),
  shard: z.int().optional(),
  /** `analyst-01`, …: the identity every record of an analyst carries. */
  analyst: z.string(),
  attempt: z.int(),
});

export const eventBodySchema = z.discriminatedUnion('type', [
  analystEvent,
  stepEvent,
  routeEvent,
  longFrameEvent,
  memoryEvent,
  navigationEvent,
  vitalEvent,
  socketEvent,
  gapEvent,
  cardEvent,
  clockEvent,
  projectEvent,
  errorEvent,
  httpEvent,
  arrivalEvent,
  firstCardEvent,
  stageEvent,
  reviewEvent,
  healthEvent,
  sightingEvent,
  markerEvent,
  searchEvent,
  resultEvent,
  probeEvent,
  findingEvent,
]);
export const eventSchema = z.intersection(base, eventBodySchema);

export type EventBody = z.infer<typeof eventBodySchema>;
export type MusterEvent = z.infer<typeof eventSchema>;
export type AnalystEvent = z.infer<typeof analystEvent>;
export type StepEvent = z.infer<typeof stepEvent>;
export type RouteEvent = z.infer<typeof routeEvent>;
export type LongFrameEvent = z.infer<typeof longFrameEvent>;
export type MemoryEvent = z.infer<typeof memoryEvent>;
export type NavigationEvent = z.infer<typeof navigationEvent>;
export type VitalEvent = z.infer<typeof vitalEvent>;
export type SocketEvent = z.infer<typeof socketEvent>;
export type GapEvent = z.infer<typeof gapEvent>;
export type ClockEvent = z.infer<typeof clockEvent>;
export type CardEvent = z.infer<typeof cardEvent>;
export type ProjectEvent = z.infer<typeof projectEvent>;
export type HttpEvent = z.infer<typeof httpEvent>;
export type ArrivalEvent = z.infer<typeof arrivalEvent>;
export type StageEvent = z.infer<typeof stageEvent>;
export type ErrorEvent = z.infer<typeof errorEvent>;
export type HealthEvent = z.infer<typeof healthEvent>;
export type ProbeEvent = z.infer<typeof probeEvent>;
export type FindingEvent = z.infer<typeof findingEvent>;
