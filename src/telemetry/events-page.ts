/** What a page tells of itself: navigations and their vitals, requests, arrivals, what it holds and what blocked it. */
import { z } from 'zod';

/** A navigation of the page; hard ones load a document, soft ones change the route. The vitals to expect derive from these. */
export const navigationEvent = z.object({
  type: z.literal('navigation'),
  kind: z.enum(['hard', 'soft']),
  page: z.string(),
  navigationId: z.string(),
  /** Whether the start line was already open: page-load vitals count from then on. */
  measured: z.boolean(),
});

/** Another path is shown: by loading a document, or by a change of route within one. Times by the page's clock. */
export const routeEvent = z.object({
  type: z.literal('route'),
  page: z.string(),
  changedAt: z.number(),
  loaded: z.boolean(),
  /** Whether the page shows cards. */
  cards: z.boolean(),
  /** Whether the start line was already open. */
  measured: z.boolean(),
});

/** The last value of one web vital of one navigation. Milliseconds; CLS has no unit. */
export const vitalEvent = z.object({
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

/** A page that a change of route led to, by the page's clock. */
export const arrivalEvent = z.object({
  type: z.literal('arrival'),
  page: z.string(),
  /** The analyst's last click, key, drop or choice of a file before it. */
  promptedAt: z.number().optional(),
  routedAt: z.number(),
  /** Its heading; absent when the page was left before there was one. */
  paintedAt: z.number().optional(),
});

/** A request of a page to the product (fetch or XMLHttpRequest), in the browser's own time. */
export const httpEvent = z.object({
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

/** A frame of the page that took more than 50 ms, from the start line on. Times by the page's clock. */
export const longFrameEvent = z.object({
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
export const memoryEvent = z.object({
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
