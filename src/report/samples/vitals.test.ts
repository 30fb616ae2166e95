import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MusterEvent } from '../../telemetry/events.ts';
import { accountAnalysts } from '../analysts.ts';
import { tabulate } from '../metrics.ts';
import { event, goodJourney, projectOf, sampleRun, T0 } from '../sample-run.testing.ts';
import { measure } from './index.ts';

const A = 'analyst-01';

function route(atMs: number, page: string, more: { loaded?: boolean; measured?: boolean } = {}): MusterEvent {
  const changedAt = T0 + atMs;
  return event(A, atMs, { type: 'route', page, changedAt, loaded: false, cards: false, measured: true, ...more });
}

function table(events: MusterEvent[]) {
  const rows = tabulate(measure(events, accountAnalysts(events, []), sampleRun), () => false);
  return (name: string, tags: Record<string, string> = {}) => {
    const wanted = JSON.stringify(tags);
    return rows.find((row) => row.name === name && JSON.stringify(row.tags) === wanted);
  };
}

test('a change of route that the browser did not recognise is said to be so, and its vitals are missed', () => {
  const row = table([
    ...goodJourney(A),
    route(0, 'sign-in', { measured: false }),
    route(2_050, 'dashboard', { loaded: true }),
    route(4_000, 'wizard'),
    route(20_000, 'project'),
    route(30_000, 'project'),
  ]);
  const recognised = (page: string) => row('rate.route-changes-recognised', { page });
  assert.deepEqual([recognised('wizard')?.mean, recognised('project')?.mean], [1, 0]);
  assert.deepEqual(
    [recognised('project')?.count, recognised('dashboard'), recognised('sign-in')],
    [2, undefined, undefined],
  );
  assert.deepEqual([row('soft.lcp')?.count, row('soft.lcp')?.expected], [1, 3]);
  assert.deepEqual(
    [row('soft.lcp', { page: 'project' })?.count, row('soft.cls', { page: 'project' })?.expected],
    [0, 2],
  );
});

test('vitals and cards have rows by how many runs were active when they were complete', () => {
  const launched = event(A, 61_000, {
    type: 'project',
    name: projectOf(A),
    bundle: 'coffee',
    projectId: 'p1',
    end: 'completed',
    launchedAt: T0 + 3_000,
  });
  const row = table([...goodJourney(A), launched]);
  assert.equal(row('web.lcp', { active: '0' })?.count, 1);
  assert.equal(row('soft.inp', { active: '1-3' })?.count, 1);
  assert.equal(row('card.paint', { active: '1-3' })?.count, 1);
  assert.equal(row('web.lcp', { active: '1-3' }), undefined);
});
