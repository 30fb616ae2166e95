/**
 * The event schema: what workers append to `results/<run>/events/*.jsonl` and one process folds.
 * Times named `…At` are milliseconds since 1970 with fractions; `…Ms` are durations in milliseconds.
 */
import { z } from 'zod';
import { healthEvent, watcherEvent } from './events-health.ts';
import {
  analystEvent,
  stepBegunEvent,
  stepEvent,
  projectEvent,
  reviewEvent,
  sessionEvent,
  errorEvent,
} from './events-journey.ts';
import { socketEvent, gapEvent, cardEvent, firstCardEvent, stageEvent, clockEvent } from './events-live.ts';
import {
  navigationEvent,
  routeEvent,
  vitalEvent,
  arrivalEvent,
  httpEvent,
  longFrameEvent,
  memoryEvent,
} from './events-page.ts';
import { probeEvent, findingEvent } from './events-probe.ts';
import { markerEvent, resultEvent, searchEvent, sightingEvent } from './events-ledger.ts';

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
  stepBegunEvent,
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
  sessionEvent,
  healthEvent,
  watcherEvent,
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
export type StepBegunEvent = z.infer<typeof stepBegunEvent>;
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
