import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionDouble, project, run } from './frames-double.ts';
import { PageReader } from './page-reader.ts';

const startMs = 1_760_000_000_000;
const at = (ms: number) => BigInt(startMs + ms) * 1_000_000n;

/** A page that lists one project, whose run's rows can be sent. */
function page() {
  const reader = new PageReader();
  const connect = (socketId: string, count: number, first: Record<string, unknown>[], firstMs: number) => {
    const double = new ConnectionDouble('s', count);
    const [projects, runs] = [double.subscribe('projects:listByOrg'), double.subscribe('runs:listByOrg')];
    const ofProject = double.subscribe('runs:getByProject', { projectId: 'p1', orgId: 'o1' });
    const tell = (rows: Record<string, unknown>[], ms: number, acknowledge = false) => {
      const result = {
        [runs]: rows,
        [ofProject]: rows,
        ...(acknowledge ? { [projects]: [project('p1', 'One')] } : {}),
      };
      double.transition(at(ms), result, { acknowledge });
      return double
        .drain()
        .flatMap(({ from, text }) => (from === 'page' ? reader.sent(socketId, text) : reader.received(socketId, text)))
        .flatMap((news) =>
          news.type === 'stage'
            ? [
                [
                  news.status,
                  news.stage,
                  news.progress,
                  news.committedAtMs === undefined ? undefined : news.committedAtMs - startMs,
                ],
              ]
            : [],
        );
    };
    return {
      first: tell(first, firstMs, true),
      tell: (more: Record<string, unknown>, ms: number) => tell([row(more)], ms),
    };
  };
  return { connect };
}

function row({ status = 'in_progress', ...more }: Record<string, unknown>): Record<string, unknown> {
  return run('r1', 'p1', status as string, more);
}

test('each stage is told once, with its commit, whichever subscription brings it; more of the same stage is no news', () => {
  const { first, tell } = page().connect('s1', 0, [], 0);
  assert.deepEqual(first, []);
  assert.deepEqual(tell({ stage: 'uploading', progress: 0 }, 10), [['in_progress', 'uploading', 0, 10]]);
  assert.deepEqual(tell({ stage: 'verification', progress: 67 }, 20), [['in_progress', 'verification', 67, 20]]);
  assert.deepEqual(tell({ stage: 'verification', progress: 77 }, 30), []);
});

test('a stage that comes back is told again, with less progress; a change of status alone is told too', () => {
  const { tell } = page().connect('s1', 0, [], 0);
  const told = [
    tell({ stage: 'validating_r', progress: 85 }, 10),
    tell({ stage: 'loop_semantics', progress: 78 }, 20),
    tell({ stage: 'filtering', progress: 55, status: 'resuming' }, 30),
    tell({ stage: 'validating_r', progress: 75, status: 'resuming' }, 40),
    tell({ stage: 'validating_r', progress: 75, status: 'cancelled' }, 50),
  ];
  assert.deepEqual(told.flat(), [
    ['in_progress', 'validating_r', 85, 10],
    ['in_progress', 'loop_semantics', 78, 20],
    ['resuming', 'filtering', 55, 30],
    ['resuming', 'validating_r', 75, 40],
    ['cancelled', 'validating_r', 75, 50],
  ]);
});

test('what a first result tells had been committed before, and what a reconnect repeats is no news', () => {
  const one = page();
  const { first } = one.connect('s1', 0, [row({ stage: 'parsing', progress: 10 })], 10);
  assert.deepEqual(first, [['in_progress', 'parsing', 10, undefined]]);
  assert.deepEqual(one.connect('s2', 1, [row({ stage: 'parsing', progress: 10 })], 20).first, []);
  assert.deepEqual(one.connect('s3', 2, [row({ stage: 'filtering', progress: 63 })], 30).first, [
    ['in_progress', 'filtering', 63, undefined],
  ]);
});
