import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FeedbackEntry, RunRow, Session } from '../../contract.ts';
import type { RunStore } from '../../ports.ts';
import { apiRoute, HttpProblem, readJson, type AppContext } from '../context.ts';

/** @throws HttpProblem 404; another organisation's run is as absent as none, in other words. */
export function requireRun(runs: Pick<RunStore, 'get'>, runId: string, session: Session): RunRow {
  const run = runs.get(runId);
  if (run === undefined) throw new HttpProblem(404, 'Run not found');
  if (run.orgId !== session.orgId) throw new HttpProblem(404, 'Not found');
  return run;
}

const feedbackSchema = z.object({
  rating: z.int().min(0).max(5).default(0),
  notes: z.string().max(10_000).default(''),
  tableIds: z.array(z.string().max(200)).max(500).default([]),
});

function summarise(feedback: readonly FeedbackEntry[]): Record<string, unknown> {
  const last = feedback.at(-1);
  return {
    hasFeedback: last !== undefined,
    entryCount: feedback.length,
    lastSubmittedAt: last?.createdAt ?? '',
    lastRating: last?.rating ?? 0,
  };
}

/** Cancelling a run, and feedback on it. */
export function runRoutes(app: FastifyInstance, { store, pipeline }: AppContext): void {
  apiRoute<{ runId: string }>(app, {
    method: 'POST',
    url: '/api/runs/:runId/cancel',
    tier: 'low',
    routeKey: 'runs/cancel',
    roles: ['admin', 'member'],
    failure: 'Failed to cancel run',
    handle: (request, session) => {
      const run = requireRun(store.runs, request.params.runId, session);
      return { success: true, localAbort: pipeline.cancel(run._id).localAbort };
    },
  });

  apiRoute<{ runId: string }>(app, {
    method: 'GET',
    url: '/api/runs/:runId/feedback',
    tier: 'low',
    routeKey: 'runs/feedback',
    failure: 'Failed to get feedback',
    handle: (request, session) => {
      const run = requireRun(store.runs, request.params.runId, session);
      const feedback = run.result?.feedback ?? [];
      return { runId: run._id, feedback, summary: summarise(feedback) };
    },
  });

  apiRoute<{ runId: string }>(app, {
    method: 'POST',
    url: '/api/runs/:runId/feedback',
    tier: 'low',
    routeKey: 'runs/feedback',
    failure: 'Failed to submit feedback',
    handle: (request, session) => {
      const run = requireRun(store.runs, request.params.runId, session);
      const parsed = feedbackSchema.safeParse(readJson(request));
      if (!parsed.success)
        throw new HttpProblem(400, 'Invalid request body', { details: z.flattenError(parsed.error) });
      const { rating, notes } = parsed.data;
      const tableIds = parsed.data.tableIds.map((id) => id.trim()).filter((id) => id !== '');
      if (notes.trim() === '' && rating === 0 && tableIds.length === 0) {
        throw new HttpProblem(400, 'Feedback must include at least one of: notes, rating, or table IDs');
      }
      const entry: FeedbackEntry = {
        id: `feedback-${randomUUID()}`,
        createdAt: new Date().toISOString(),
        rating,
        notes,
        tableIds,
      };
      if (store.runs.addFeedback(run._id, entry) === undefined) throw new HttpProblem(404, 'Run not found');
      return { success: true, runId: run._id, entry };
    },
  });
}
