/** Events that the ledger is reconciled from: who was shown which state of a project, foreign markers, results. */
import { z } from 'zod';

/** A project of this run stood otherwise than before in what a page's subscriptions had told it. The record's time is when. */
export const sightingEvent = z.object({
  type: z.literal('sighting'),
  project: z.string(),
  projectId: z.string(),
  productRunId: z.string().optional(),
  /** The product's own word for its newest run; `no-run` without one; `gone` when it is listed no more. */
  status: z.string(),
  /** The state of which time that is, by the server's clock; milliseconds since 1970. */
  versionAt: z.number(),
  /** Which of the analyst's pages, from 1. */
  view: z.int().positive(),
});

/** A marker of one organisation's analyst was found in what another organisation's analyst received. */
export const markerEvent = z.object({
  type: z.literal('marker'),
  /** The analyst whose data bears it. */
  owner: z.string(),
  place: z.enum(['frame', 'response', 'screen', 'workbook']),
  /** The address, the step or the file. */
  where: z.string(),
  /** What stood around it. */
  excerpt: z.string(),
});

/** How much was searched for foreign markers on an analyst's pages, at the end of the journey. */
export const searchEvent = z.object({
  type: z.literal('search'),
  frames: z.int().nonnegative(),
  responses: z.int().nonnegative(),
  screens: z.int().nonnegative(),
  /** Responses and screens that were gone before they could be read. */
  unread: z.int().nonnegative(),
  /** Characters of frames and responses. */
  characters: z.int().nonnegative(),
  /** Time that the search took of the harness. */
  elapsedMs: z.number(),
  /** Time that steps' ends waited for what the screens showed. */
  waitedMs: z.number(),
});

/** A downloaded workbook against the one made alone with the same choices. */
export const resultEvent = z.object({
  type: z.literal('result'),
  project: z.string(),
  file: z.string(),
  /** The project that the workbook says it is of. */
  says: z.string().optional(),
  /** `none`: nobody has made it alone yet. `made`: this run did. `unrecognised`: its layout is unknown, so that nothing is compared. */
  golden: z.enum(['equal', 'different', 'none', 'made', 'unrecognised']),
  /** The differences, a sentence each; the first few. */
  differences: z.array(z.string()),
});

export type SightingEvent = z.infer<typeof sightingEvent>;
export type MarkerEvent = z.infer<typeof markerEvent>;
export type SearchEvent = z.infer<typeof searchEvent>;
export type ResultEvent = z.infer<typeof resultEvent>;
