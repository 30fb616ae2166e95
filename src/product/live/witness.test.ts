import assert from 'node:assert/strict';
import test from 'node:test';
import type { SightingEvent } from '../../telemetry/events-ledger.ts';
import { ConnectionDouble, project, run } from './frames-double.ts';
import { witnessingReader } from './witness.ts';

const start = 1_760_000_000_000_000_000n;
const ms = 1_000_000n;
const mine = 'Run — analyst-01 coffee';

function page() {
  const seen: SightingEvent[] = [];
  const reader = witnessingReader({ prefix: 'Run', view: 2, record: (sighting) => seen.push(sighting) });
  const double = new ConnectionDouble('s', 0);
  const projects = double.subscribe('projects:listByOrg');
  const runs = double.subscribe('runs:listByOrg');
  const feed = (): void => {
    for (const { from, text } of double.drain())
      if (from === 'page') reader.sent('s1', text);
      else reader.received('s1', text);
  };
  const told = (): string[] => {
    feed();
    return seen.splice(0).map(({ project: name, status, productRunId = '–' }) => `${name} ${status} ${productRunId}`);
  };
  return { double, projects, runs, seen, feed, told };
}

test('what a page is told first and anew of projects of the run, once each', () => {
  const { double, projects, runs, told } = page();
  const other = project('p2', 'Running — not of this run');
  double.transition(start, { [projects]: [project('p1', mine), other] }, { acknowledge: true });
  assert.deepEqual(told(), [], 'one list alone says nothing of runs');
  double.transition(start + ms, { [runs]: [run('r1', 'p1', 'in_progress'), run('r2', 'p2', 'in_progress')] });
  assert.deepEqual(told(), [`${mine} in_progress r1`]);
  double.transition(start + 2n * ms, { [runs]: [run('r1', 'p1', 'in_progress', { progress: 50 })] });
  assert.deepEqual(told(), [], 'progress is no other state');
  double.transition(start + 3n * ms, { [runs]: [run('r1', 'p1', 'success')] });
  assert.deepEqual(told(), [`${mine} success r1`]);
  double.transition(start + 4n * ms, { [projects]: [other] });
  assert.deepEqual(told(), [`${mine} gone –`]);
});

test('a new project without a run, then with one; each with the version it is valid at', () => {
  const { double, projects, runs, seen, feed } = page();
  double.transition(start, { [projects]: [], [runs]: [] }, { acknowledge: true });
  double.transition(start + 7n * ms, { [projects]: [project('p1', mine)] });
  double.transition(start + 9n * ms, { [runs]: [run('r1', 'p1', 'in_progress')] });
  feed();
  assert.deepEqual(
    seen.map(({ status, versionAt, view }) => [status, versionAt, view]),
    [
      ['no-run', 1_760_000_000_007, 2],
      ['in_progress', 1_760_000_000_009, 2],
    ],
  );
});
