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

/** Subscribes to the runs; every list that arrived, newest last, as `id status progress` a run. */
function watch({ url }: House): string[][] {
  const seen: string[][] = [];
  client(url, 'ada').client.onUpdate(listRuns, { orgId: 'org-a' }, (runs) =>
    seen.push(runs.map(({ _id, status, progress }) => `${_id} ${status} ${progress}`)),
  );
  return seen;
}

bothWays(
  'dropped-update',
  async (context, faults) => {
    const live = await liveHouse(context, faults);
    live.source.setRun('a', 'in_progress', 10);
    const seen = watch(live);
    await until('the first list', () => seen.length === 1);
    live.source.setRun('a', 'in_progress', 97);
    await until('the progress', () => seen.at(-1)?.[0]?.endsWith('97'));
    live.source.setRun('a', 'success', 100);
    live.source.setRun('b', 'in_progress', 0);
    await until('the next change', () => seen.at(-1)?.length === 2);
    const afterReload = watch(live);
    await until('the list of a new page', () => afterReload.length === 1);
    return { watching: seen.at(-1)?.sort(), afterReload: afterReload[0]?.sort() };
  },
  {
    on: { watching: ['a in_progress 97', 'b in_progress 0'], afterReload: ['a success 100', 'b in_progress 0'] },
    off: { watching: ['a success 100', 'b in_progress 0'], afterReload: ['a success 100', 'b in_progress 0'] },
  },
);
