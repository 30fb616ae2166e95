import type { FastifyInstance } from 'fastify';
import { reviewPayloadSchema, type RunRow } from '../../contract.ts';
import { reviewRules } from '../../faults/reviews.ts';
import { apiRoute, HttpProblem, readJson, type AppContext } from '../context.ts';
import { requireRun } from './runs.ts';

/** Why a run takes no review (any more). */
function refusal(run: RunRow, reviewed: boolean): HttpProblem {
  if (reviewed) return new HttpProblem(400, 'Cannot submit review - status is approved');
  if (run.status === 'cancelled') return new HttpProblem(409, 'Cannot submit review - run was cancelled');
  if (run.status === 'pending_review') {
    return new HttpProblem(409, 'Review state was lost after a server restart. Please start a new run.');
  }
  if (run.result?.pipelineId === undefined) {
    return new HttpProblem(400, 'Run does not have pipeline context (pipelineId/outputDir missing)');
  }
  return new HttpProblem(404, 'Review state not found - pipeline may not require review');
}

/**
 * POST /api/runs/:id/review. The store takes one review a run, so that of two submissions exactly one goes on; it is
 * answered when the whole remaining pipeline has ended, as the product does.
 */
export function reviewRoute(app: FastifyInstance, { store, pipeline, logger, faults }: AppContext): void {
  const rules = reviewRules(faults);
  apiRoute<{ runId: string }>(app, {
    method: 'POST',
    url: '/api/runs/:runId/review',
    tier: 'high',
    routeKey: 'runs/review',
    failure: 'Failed to process review',
    handle: async (request, session) => {
      const run = requireRun(store.runs, request.params.runId, session);
      const payload = reviewPayloadSchema.safeParse(readJson(request));
      if (!payload.success)
        throw new HttpProblem(400, 'Invalid decisions payload', {
          details: payload.error.issues.map(({ message }) => message),
        });
      const runId = run._id;
      const reviewable = rules.reviewable.includes(run.status) && run.result?.reviewState !== undefined;
      if (reviewable) await rules.store();
      if (!reviewable || !store.runs.takeReview(runId, payload.data.decisions, session.userId)) {
        throw refusal(store.runs.get(runId) ?? run, store.runs.decisions(runId) !== undefined);
      }
      try {
        const { status, message } = await pipeline.resume(runId);
        return { success: true, runId, status, message };
      } catch (error) {
        logger.error({ correlationId: request.correlationId, runId, err: error }, 'review failed');
        store.runs.transition(runId, ['resuming'], {
          status: 'error',
          message: 'Failed to process review',
          error: 'Failed to process review',
        });
        throw new HttpProblem(500, 'Failed to process review');
      }
    },
  });
}
