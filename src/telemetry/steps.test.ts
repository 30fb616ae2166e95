import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepBegunEvent, StepEvent } from './events.ts';
import { Steps } from './steps.ts';

/** Keeps the records of ended steps, and beside them the names of those begun. */
function keep(recorded: StepEvent[], begun: string[] = []): (event: StepBegunEvent | StepEvent) => void {
  return (event) => {
    if (event.type === 'step') recorded.push(event);
    else begun.push(event.name);
  };
}

test('steps nest, are recorded inner first, and keep cause and stack', async () => {
  const recorded: StepEvent[] = [];
  const begun: string[] = [];
  let drained = 0;
  const steps = new Steps({ record: keep(recorded, begun), afterStep: async () => void (drained += 1) });
  const cause = new TypeError('broken');
  const failure: unknown = await steps
    .run('outer', () =>
      steps.run('inner', async () => {
        assert.equal(steps.current, 'inner');
        throw cause;
      }),
    )
    .catch((error: unknown) => error);
  assert.ok(failure instanceof Error);
  assert.equal(failure.message, 'outer: inner: broken');
  assert.equal(failure.name, 'TypeError');
  assert.match(failure.stack ?? '', /^TypeError: outer: inner: broken\n\s+at .*steps\.test/);
  assert.equal((failure.cause as Error).cause, cause);
  assert.deepEqual(
    recorded.map(({ name, outcome, error }) => [name, outcome, error]),
    [
      ['inner', 'failed', 'broken'],
      ['outer', 'failed', 'inner: broken'],
    ],
  );
  assert.deepEqual(begun, ['outer', 'inner']);
  assert.equal(steps.current, undefined);
  assert.equal(drained, 2);
  assert.equal(await steps.run('fine', async () => 42), 42);
});

test('a timeout is told from a failure', async () => {
  const recorded: StepEvent[] = [];
  const steps = new Steps({ record: keep(recorded), afterStep: () => Promise.resolve() });
  const timeout = Object.assign(new Error('locator.click: Timeout 50ms exceeded.'), { name: 'TimeoutError' });
  for (const error of [
    timeout,
    new Error('expect(locator).toBeVisible() failed\n\nTimeout: 50ms'),
    new Error('expect(received).toBe(expected)'),
    'not an Error',
  ]) {
    await steps.run('x', () => Promise.reject(error as Error)).catch(() => undefined);
  }
  assert.deepEqual(
    recorded.map(({ outcome }) => outcome),
    ['timeout', 'timeout', 'failed', 'failed'],
  );
});

test('a schedule is the next step’s, and only that one’s', async () => {
  const recorded: StepEvent[] = [];
  const steps = new Steps({ record: keep(recorded), afterStep: () => Promise.resolve() });
  steps.schedule(5);
  await steps.run('due', () => steps.run('inner', () => Promise.resolve()));
  await steps.run('unplanned', () => Promise.resolve());
  assert.deepEqual(
    recorded.map(({ name, scheduledAt }) => [name, scheduledAt]),
    [
      ['inner', undefined],
      ['due', 5],
      ['unplanned', undefined],
    ],
  );
});

test('while a step lasts, somebody may look in, and no longer', async () => {
  let looks = 0;
  const steps = new Steps({
    record: () => undefined,
    afterStep: () => Promise.resolve(),
    duringStep: () => void (looks += 1),
    duringMs: 5,
  });
  const looked = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setInterval(() => {
        if (looks < count) return;
        clearInterval(timer);
        resolve();
      }, 1);
    });
  await steps.run('long', () => looked(3));
  const before = looks;
  // Timers are kept in order: had its timer gone on, it would have come before this one.
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(looks, before);
});
