/** What hazard probes tell. */
import { z } from 'zod';

/** What a probe did and how it came out. The record's `analyst` is `probe-<id>`. */
export const probeEvent = z.object({
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
export const findingEvent = z.object({
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
