/** Faults of the review: taken twice, taken too late, and what it writes back. */
import type { ReviewState } from '../contract.ts';
import { launchForm, startTestServer } from '../http/testing.ts';
import { doubtfulPlan } from '../pipeline/testing.ts';
import { bothWays, decisionsFor, hasEnded, works } from './testing.ts';

const awaitsReview = ({ status }: { status: string }): boolean => status === 'pending_review';

bothWays(
  'double-review=50',
  async (context, faults) => {
    const { launch, reached, history, post } = await works(context, { faults, pace: 0.3 });
    const { runId } = await launch('Doubtful', { plan: doubtfulPlan });
    const decisions = decisionsFor(await reached(runId, awaitsReview));
    const submit = async (): Promise<number> => (await post(`/api/runs/${runId}/review`, decisions)).status;
    const answers = await Promise.all([submit(), submit()]);
    const { status } = await reached(runId, hasEnded);
    const runs = history(runId).filter(({ stage, progress }) => stage === 'splitting' && progress === 57);
    const beats = new Set(runs.map(({ lastHeartbeat }) => lastHeartbeat));
    return { answers: answers.sort(), status, pipelines: beats.size };
  },
  {
    on: { answers: [200, 200], status: 'success', pipelines: 2 },
    off: { answers: [200, 400], status: 'success', pipelines: 1 },
  },
);

bothWays(
  'stale-review',
  async (context, faults) => {
    const server = await startTestServer({ faults });
    context.after(() => server.stop());
    const member = server.account('member');
    const response = await server.ask(member, 'POST', '/api/projects/launch', launchForm());
    const { runId } = (await response.json()) as { runId: string };
    const reviewState: ReviewState = {
      status: 'awaiting_review',
      flaggedColumns: [],
      pathBStatus: 'running',
      pathCStatus: 'completed',
      totalColumns: 4,
    };
    const result = { pipelineId: runId, reviewState };
    server.store.runs.transition(runId, ['in_progress'], { status: 'pending_review', result });
    await server.ask(member, 'POST', `/api/runs/${runId}/cancel`, '{}');
    const decisions = [{ groupName: 'Gender', columnName: 'Male', action: 'approve' }];
    const review = await server.ask(member, 'POST', `/api/runs/${runId}/review`, JSON.stringify({ decisions }));
    return { answer: review.status, status: server.store.runs.get(runId)?.status };
  },
  { on: { answer: 200, status: 'resuming' }, off: { answer: 409, status: 'cancelled' } },
);

bothWays(
  'lost-update',
  async (context, faults) => {
    const { server, launch, reached, post } = await works(context, { faults, pace: 0.3 });
    const { runId } = await launch('Doubtful', { plan: doubtfulPlan });
    const decisions = decisionsFor(await reached(runId, awaitsReview));
    const review = post(`/api/runs/${runId}/review`, decisions);
    await reached(runId, ({ stage }) => stage === 'splitting');
    const feedback = await post(`/api/runs/${runId}/feedback`, { rating: 4, notes: 'Base sizes look right' });
    await review;
    const { status } = await reached(runId, hasEnded);
    const kept = await server.ask(server.account('member'), 'GET', `/api/runs/${runId}/feedback`);
    const { summary } = (await kept.json()) as { summary: { entryCount: number } };
    return { feedback: feedback.status, status, entries: summary.entryCount };
  },
  { on: { feedback: 200, status: 'success', entries: 0 }, off: { feedback: 200, status: 'success', entries: 1 } },
);

bothWays(
  'slot-overrun',
  async (context, faults) => {
    const { pipeline, launch, reached, history, post } = await works(context, { faults, pace: 0.6, slots: 1 });
    const ids: string[] = [];
    for (const name of ['First', 'Second', 'Third']) ids.push((await launch(name, { plan: doubtfulPlan })).runId);
    const waiting = await Promise.all(ids.map((runId) => reached(runId, awaitsReview)));
    await Promise.all(ids.map((runId) => pipeline.settled(runId)));
    await Promise.all(waiting.map((run) => post(`/api/runs/${run._id}/review`, decisionsFor(run))));
    const spans = ids.map((runId) => {
      const at = (wanted: (stage: string) => boolean): number =>
        history(runId).find(({ status, stage }) => status !== 'in_progress' && wanted(stage))?.lastHeartbeat ?? 0;
      return { from: at((stage) => stage === 'splitting'), to: at((stage) => stage === 'complete') };
    });
    const overlapping = spans.some((one) =>
      spans.some((other) => one !== other && one.from < other.to && other.from < one.to),
    );
    return { overlapping };
  },
  { on: { overlapping: true }, off: { overlapping: false } },
);
