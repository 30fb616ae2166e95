/** Faults of the pipeline's queue and of how runs are stopped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bothWays, hasEnded, works } from './testing.ts';

const computes = ({ progress, status }: { progress: number; status: string }): boolean =>
  status === 'in_progress' && progress > 0;

bothWays(
  'cancel-overwritten',
  async (context, faults) => {
    const { pipeline, launch, reached, statuses, post } = await works(context, { faults, pace: 1 });
    const late = await launch('Cancelled late');
    const done = await launch('Cancelled when done');
    await reached(late.runId, ({ stage }) => stage === 'executing_r');
    await post(`/api/runs/${late.runId}/cancel`);
    await pipeline.settled(late.runId);
    await reached(done.runId, hasEnded);
    await pipeline.settled(done.runId);
    await post(`/api/runs/${done.runId}/cancel`);
    return { late: statuses(late.runId), done: statuses(done.runId) };
  },
  {
    on: { late: ['in_progress', 'cancelled', 'success'], done: ['in_progress', 'success', 'cancelled'] },
    off: { late: ['in_progress', 'cancelled'], done: ['in_progress', 'success'] },
  },
);

bothWays(
  'cancel-resurrects',
  async (context, faults) => {
    const { launch, reached, statuses, post } = await works(context, { faults, pace: 0.3, slots: 1 });
    await launch('Running');
    const queued = await launch('Queued');
    const last = await launch('Last');
    await post(`/api/runs/${queued.runId}/cancel`);
    await reached(last.runId, hasEnded);
    return { queued: statuses(queued.runId), last: statuses(last.runId) };
  },
  {
    on: {
      queued: ['in_progress', 'cancelled', 'in_progress', 'cancelled'],
      last: ['in_progress', 'success'],
    },
    off: { queued: ['in_progress', 'cancelled'], last: ['in_progress', 'success'] },
  },
);

bothWays(
  'zombie-run',
  async (context, faults) => {
    const { pipeline, launch, reached, statuses, server } = await works(context, { faults });
    const { runId } = await launch('Bad banner', { plan: ['Nothing that could be a banner'] });
    const { error } = await reached(runId, (run) => run.error !== undefined);
    await pipeline.settled(runId);
    const { progress = 0 } = server.store.runs.get(runId) ?? {};
    return { failed: error?.startsWith('Banner extraction failed'), statuses: statuses(runId), progress };
  },
  {
    on: { failed: true, statuses: ['in_progress', 'error', 'in_progress'], progress: 60 },
    off: { failed: true, statuses: ['in_progress', 'error'], progress: 15 },
  },
);

bothWays(
  'starved-queue=2000',
  async (context, faults) => {
    const { launch, reached, statuses } = await works(context, { faults, pace: 0.8, slots: 1 });
    const running = await launch('Running');
    const queued = await launch('Queued');
    await reached(queued.runId, ({ status }) => status === 'success');
    return { running: statuses(running.runId), queued: statuses(queued.runId) };
  },
  {
    on: { running: ['in_progress', 'success'], queued: ['in_progress', 'error', 'in_progress', 'success'] },
    off: { running: ['in_progress', 'success'], queued: ['in_progress', 'success'] },
  },
);

bothWays(
  'ghost-slot',
  async (context, faults) => {
    const { pipeline, launch, reached, post, server } = await works(context, { faults, pace: 0.5, slots: 1 });
    const ghost = await launch('Load 1/1 — tracker');
    await reached(ghost.runId, computes);
    const cleanup = await post('/api/dev/load-test/cleanup', { namePrefix: 'Load 1/1' }, 'admin');
    const { projectsDeleted } = (await cleanup.json()) as { projectsDeleted: number };
    const ended = pipeline.settled(ghost.runId).then(() => 'ended');
    const work = await Promise.race([ended, new Promise<string>((resolve) => setImmediate(resolve, 'goes on'))]);
    const next = await launch('Next');
    const stop = server.store.onCommit(() => order.push(`next at ${server.store.runs.get(next.runId)?.progress}`));
    const order: string[] = [];
    void ended.then(() => order.push('work of the deleted ended'));
    await reached(next.runId, hasEnded);
    stop();
    return { projectsDeleted, work, first: order[0] };
  },
  {
    on: { projectsDeleted: 1, work: 'goes on', first: 'work of the deleted ended' },
    off: { projectsDeleted: 1, work: 'ended', first: 'work of the deleted ended' },
  },
);

bothWays(
  'lost-on-restart',
  async (context, faults) => {
    const data = mkdtempSync(join(tmpdir(), 'muster-faults-restart-'));
    const settings = { faults, data, slots: 1, log: 'none' };
    const before = await works(context, { ...settings, pace: 1 });
    const running = await before.launch('Running');
    const queued = await before.launch('Queued');
    await before.reached(running.runId, computes);
    await before.server.stop();
    const { launch, reached, server } = await works(context, settings);
    // Hooks run in the order in which they were set: the sandbox has left the folder by then.
    context.after(() => rmSync(data, { recursive: true, force: true }));
    const later = await launch('Later');
    await reached(later.runId, hasEnded);
    return [running, queued].map(({ runId }) => server.store.runs.get(runId)?.status);
  },
  { on: ['in_progress', 'in_progress'], off: ['success', 'success'] },
);

bothWays(
  'serial-writes=300',
  async (context, faults) => {
    const { launch, reached, history } = await works(context, { faults });
    const runs = [await launch('One'), await launch('Two')];
    await Promise.all(runs.map(({ runId }) => reached(runId, ({ status }) => status === 'success')));
    const times = runs
      .flatMap(({ runId }) => history(runId).flatMap(({ lastHeartbeat }) => lastHeartbeat ?? []))
      .sort();
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // Timers may be a millisecond early.
    return { oneAtATime: gaps.every((gap) => gap >= 295) };
  },
  { on: { oneAtATime: true }, off: { oneAtATime: false } },
);
