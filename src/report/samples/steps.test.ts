import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody, MusterEvent } from '../../telemetry/events.ts';
import { accountAnalysts } from '../analysts.ts';
import { tabulate } from '../metrics.ts';
import { event, sampleRun, T0 } from '../sample-run.testing.ts';
import { measure } from './index.ts';

type Step = Extract<EventBody, { type: 'step' }>;
type Arrival = Extract<EventBody, { type: 'arrival' }>;
const [A, B] = ['analyst-01', 'analyst-02'];

function step(name: string, fromMs: number, toMs: number, more: Partial<Step> = {}): MusterEvent {
  return event(A, toMs, { type: 'step', name, startedAt: T0 + fromMs, endedAt: T0 + toMs, outcome: 'ok', ...more });
}

function arrival(
  analyst: string,
  promptedMs: number,
  paintedMs: number | undefined,
  more: Partial<Arrival> = {},
): MusterEvent {
  return event(analyst, 0, {
    type: 'arrival',
    page: 'project',
    promptedAt: T0 + promptedMs,
    routedAt: T0 + promptedMs + 5,
    ...(paintedMs === undefined ? {} : { paintedAt: T0 + paintedMs }),
    ...more,
  });
}

function rows(...events: MusterEvent[]) {
  const table = tabulate(measure(events, accountAnalysts(events, []), sampleRun), () => false);
  return (name: string) => {
    const row = table.find((each) => each.name === name && Object.keys(each.tags).length === 0);
    return row && [row.count, row.expected, row.censored, row.max];
  };
}

test('a step that was due earlier than it began is published from both', () => {
  const row = rows(
    step('dashboard', 1_000, 1_400, { scheduledAt: T0 + 700 }),
    step('dashboard', 2_000, 5_000, { scheduledAt: T0 + 2_000, outcome: 'timeout' }),
    step('dashboard', 6_000, 6_100),
  );
  assert.deepEqual(row('step.dashboard'), [3, 3, 1, 3_000]);
  assert.deepEqual(row('from-schedule.dashboard'), [2, 2, 1, 3_000]);
  assert.deepEqual(
    rows(step('dashboard', 1_000, 1_400, { scheduledAt: T0 + 700 }))('from-schedule.dashboard'),
    [1, 1, 0, 700],
  );
});

test('a page that a step leads to is shown from the click to the paint, by the page alone', () => {
  // The harness begins 300 ms before it clicks, and sees it 400 ms later.
  const row = rows(step('open-project', 1_000, 1_900), arrival(A, 1_300, 1_500));
  assert.deepEqual(row('shown.open-project'), [1, 1, 0, 200]);
  assert.deepEqual(row('step.open-project'), [1, 1, 0, 900]);
});

test('an arrival counts for the step that holds all of it, of that analyst', () => {
  const row = rows(
    step('save-review', 1_000, 1_400),
    step('review-executed', 1_400, 9_000),
    // Asked for in the one step, there in the other: no step's.
    arrival(A, 1_200, 8_000),
    arrival(B, 1_100, 1_200),
    event(A, 0, { type: 'arrival', page: 'project', routedAt: T0 + 1_100, paintedAt: T0 + 1_200 }),
  );
  assert.equal(row('shown.save-review'), undefined);
  assert.equal(row('shown.review-executed'), undefined);
});

test('a page that never came is a lower bound in a step that failed, and owed in one that did not', () => {
  const failed = rows(step('open-project', 1_000, 4_000, { outcome: 'timeout' }), arrival(A, 1_200, undefined));
  assert.deepEqual(failed('shown.open-project'), [1, 1, 1, 2_800]);
  const fine = rows(step('open-project', 1_000, 4_000), arrival(A, 1_200, undefined));
  assert.deepEqual(fine('shown.open-project'), [0, 1, 0, null]);
});
