/** Faults of the live updates, seen by the published client. */
import { makeFunctionReference } from 'convex/server';
import type { TestContext } from 'node:test';
import type { RunRow } from '../contract.ts';
import { client, closeAll, house, type House } from '../live/testing.ts';
import { createFaults } from './index.ts';
import { bothWays, until } from './testing.ts';

const listRuns = makeFunctionReference<'query', { orgId: string }, RunRow[]>('runs:listByOrg');

async function liveHouse(context: TestContext, faults: string): Promise<House> {
  context.after(closeAll);
  return house({ faults: createFaults(faults) });
}

interface Watch {
  /** Every list that arrived, newest last, as `id status progress` a run. */
  readonly lists: string[][];
  readonly tab: ReturnType<typeof client>;
}

function watch({ url }: House): Watch {
  const lists: string[][] = [];
  const tab = client(url, 'ada');
  tab.client.onUpdate(listRuns, { orgId: 'org-a' }, (runs) =>
    lists.push(runs.map(({ _id, status, progress }) => `${_id} ${status} ${progress}`)),
  );
  return { lists, tab };
}

bothWays(
  'dropped-update',
  async (context, faults) => {
    const live = await liveHouse(context, faults);
    live.source.setRun('a', 'in_progress', 10);
    const { lists } = watch(live);
    await until('the first list', () => lists.length === 1);
    live.source.setRun('a', 'in_progress', 97);
    await until('the progress', () => lists.at(-1)?.[0]?.endsWith('97'));
    live.source.setRun('a', 'success', 100);
    live.source.setRun('b', 'in_progress', 0);
    await until('the next change', () => lists.at(-1)?.length === 2);
    const reloaded = watch(live);
    await until('the list of a new page', () => reloaded.lists.length === 1);
    return { watching: lists.at(-1), reloaded: reloaded.lists[0] };
  },
  {
    on: { watching: ['a in_progress 97', 'b in_progress 0'], reloaded: ['a success 100', 'b in_progress 0'] },
    off: { watching: ['a success 100', 'b in_progress 0'], reloaded: ['a success 100', 'b in_progress 0'] },
  },
);

bothWays(
  'reordered-update=1',
  async (context, faults) => {
    const live = await liveHouse(context, faults);
    live.source.setRun('a', 'in_progress', 10);
    const { lists } = watch(live);
    await until('the first list', () => lists.length === 1);
    const before = live.source.queries;
    live.source.setRun('a', 'in_progress', 97);
    await until('the progress to be on its way', () => live.source.queries > before);
    live.source.setRun('a', 'success', 100);
    await until('both changes', () => lists.length === 3);
    return lists.flat();
  },
  {
    on: ['a in_progress 10', 'a success 100', 'a in_progress 97'],
    off: ['a in_progress 10', 'a in_progress 97', 'a success 100'],
  },
);

bothWays(
  'no-resync',
  async (context, faults) => {
    const live = await liveHouse(context, faults);
    live.source.setRun('a', 'in_progress', 97);
    const { lists, tab } = watch(live);
    await until('the first list', () => lists.length === 1);
    // A change while connected is remembered as well.
    live.source.setRun('b', 'in_progress', 0);
    await until('the second run', () => lists.at(-1)?.length === 2);
    const frames = tab.frames.length;
    tab.sockets[0]?.once('close', () => live.source.setRun('a', 'success', 100));
    tab.sockets[0]?.terminate();
    await until('the answer after the reconnect', () => tab.frames.length > frames && tab.sockets.length === 2);
    const returned = tab.frames.slice(frames).find((frame) => frame['type'] === 'Transition');
    const missed = JSON.stringify(returned).includes('"success"') ? 'sent' : 'missing';
    live.source.setRun('c', 'in_progress', 0);
    await until('the next change', () => lists.at(-1)?.length === 3);
    return { missed, afterTheNextChange: lists.at(-1)?.[0] };
  },
  {
    on: { missed: 'missing', afterTheNextChange: 'a success 100' },
    off: { missed: 'sent', afterTheNextChange: 'a success 100' },
  },
);

bothWays(
  'socket-flap=1',
  async (context, faults) => {
    const live = await liveHouse(context, faults);
    const { tab } = watch(live);
    const socket = await until('the socket', () => tab.sockets[0]);
    const closed = new Promise<string>((resolve) => socket.once('close', (code) => resolve(`closed with ${code}`)));
    const patience = new Promise<string>((resolve) => {
      setTimeout(resolve, faults === '' ? 1500 : 60_000, 'stayed open').unref();
    });
    return Promise.race([closed, patience]);
  },
  { on: 'closed with 1006', off: 'stayed open' },
);
