/** What comes by the live connection: sockets and their gaps, changes of cards and stages, and the clocks they are told by. */
import { z } from 'zod';

export const socketEvent = z.object({
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
export const gapEvent = z.object({
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
export const cardEvent = z.object({
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

/** The analyst's own project is on their dashboard for the first time, by the page's clock. */
export const firstCardEvent = z.object({
  type: z.literal('first-card'),
  project: z.string(),
  /** When the route had last changed: an arrival, if it was then, has the same time as its `routedAt`. */
  routedAt: z.number(),
  paintedAt: z.number(),
});

/** How a run stands: at work, waiting for its owner, or at one of its ends. */
export const standing = z.enum(['active', 'waiting', 'completed', 'failed', 'cancelled']);

/** A run of the analyst's own project is at another stage, or has another status, as frames told its owner's page. */
export const stageEvent = z.object({
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

/**
 * How far the page's clock is ahead of another, at the end of a journey: the true offset lies between the two bounds.
 * A bound that nothing told of is left out; without both the offset is unknown.
 */
export const clockEvent = z.object({
  type: z.literal('clock'),
  other: z.enum(['harness', 'product']),
  samples: z.int(),
  offsetMinMs: z.number().optional(),
  offsetMaxMs: z.number().optional(),
});
