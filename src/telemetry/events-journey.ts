/** What analysts do: their way, their steps, their projects and reviews, and what went wrong. */
import { z } from 'zod';
import { standing } from './events-live.ts';

export const analystEvent = z.object({
  type: z.literal('analyst'),
  phase: z.enum(['begun', 'signed-in', 'ready', 'started', 'finished']),
  /** On `begun`: who this is and what is asked of them. */
  organization: z.string().optional(),
  bundle: z.string().optional(),
  /** On `signed-in`: through the form, by an earlier sign-in, with a token, because the product lets everybody in, or by accepting an invitation. */
  how: z.enum(['form', 'kept', 'token', 'bypass', 'invitation']).optional(),
  /** On `finished`. */
  outcome: z.enum(['ok', 'failed']).optional(),
  error: z.string().optional(),
});

/** A named step begins: for whoever watches the run; its `step` record follows when it ends. */
export const stepBegunEvent = z.object({ type: z.literal('step-begun'), name: z.string() });

export const stepEvent = z.object({
  type: z.literal('step'),
  name: z.string(),
  scheduledAt: z.number().optional(),
  startedAt: z.number(),
  endedAt: z.number(),
  /** `failed` and `timeout` steps are censored values: they stay in the distribution with their duration. */
  outcome: z.enum(['ok', 'failed', 'timeout']),
  error: z.string().optional(),
});

/** What became of one intended project, as its owner saw it. */
export const projectEvent = z.object({
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

/** An analyst, or a person in their place, saved the review of their project. */
export const reviewEvent = z.object({
  type: z.literal('review'),
  project: z.string(),
  /** Of the request that carries it; its `http` record has the times. */
  route: z.string(),
  /** When the form was there to be saved; milliseconds since 1970. */
  openedAt: z.number(),
  /** How the run stood by the product's answer; absent where nobody read one. */
  answered: standing.optional(),
});

/** What became of an analyst's session after the sign-in. A renewal happens beside the page, and is in no figure. */
export const sessionEvent = z.object({
  type: z.literal('session'),
  what: z.enum(['renewed', 'not-renewed', 'ended']),
  /** On `renewed`: until when it is good, and how long the sign-in beside the page took. */
  endsAt: z.number().optional(),
  tookMs: z.number().optional(),
  /** On `not-renewed`. */
  why: z.string().optional(),
  /** On `ended`: where the product led to, as origin and path. */
  sentTo: z.string().optional(),
});

export const errorEvent = z.object({
  type: z.literal('error'),
  source: z.enum(['page', 'console', 'request', 'toast', 'telemetry']),
  message: z.string(),
  step: z.string().optional(),
});
