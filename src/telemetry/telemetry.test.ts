import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepEvent } from './events.ts';
import { frameKey } from './in-page/frame-key.ts';
import type { VitalReport } from './in-page/messages.ts';
import { Steps } from './steps.ts';
import { VitalLedger } from './vital-ledger.ts';

test('of each vital the last value is written, once, and only when there is a new one', () => {
  const ledger = new VitalLedger({ pageName: (url) => url.slice(1), measuringFrom: () => 50 });
  assert.deepEqual(ledger.navigated({ type: 'navigation', kind: 'hard', navigation: 'load', url: '/dashboard', document: 'd', at: 60 }), {
    type: 'navigation', kind: 'hard', navigationId: 'd/load', page: 'dashboard', measured: true,
  });
  const vital = (value: number, at: number): VitalReport & { document: string; at: number } => ({
    type: 'vital', kind: 'hard', navigation: 'load', url: '/elsewhere', name: 'INP', metricId: 'm1', value, rating: 'good', attribution: { interactionTarget: '#a' }, document: 'd', at,
  });
  ledger.reported(vital(40, 70));
  ledger.reported(vital(80, 90));
  ledger.reported(vital(40, 70));
  assert.deepEqual(ledger.take(), [
    { type: 'vital', name: 'INP', kind: 'hard', navigationId: 'd/load', metricId: 'm1', value: 80, rating: 'good', attribution: { interactionTarget: '#a' }, page: 'dashboard', measured: true },
  ]);
  assert.deepEqual(ledger.take(), []);
  ledger.reported(vital(120, 100));
  assert.deepEqual(ledger.take().map(({ value }) => value), [120]);
});

test('a navigation that began before the start line is not measured, whenever its vitals come', () => {
  let from = Infinity;
  const ledger = new VitalLedger({ pageName: (url) => url, measuringFrom: () => from });
  ledger.navigated({ type: 'navigation', kind: 'hard', navigation: 'load', url: 'a', document: 'd', at: 60 });
  from = 70;
  ledger.reported({ type: 'vital', kind: 'hard', navigation: 'load', url: 'a', name: 'LCP', metricId: 'm', value: 1, rating: 'good', attribution: {}, document: 'd', at: 80 });
  assert.equal(ledger.take()[0]?.measured, false);
});

test('steps nest, are recorded inner first, and keep cause and stack', async () => {
  const recorded: StepEvent[] = [];
  let drained = 0;
  const steps = new Steps({ record: (event) => void recorded.push(event), afterStep: async () => void (drained += 1) });
  const cause = new TypeError('broken');
  const failure: unknown = await steps.run('outer', () => steps.run('inner', async () => {
    assert.equal(steps.current, 'inner');
    throw cause;
  })).catch((error: unknown) => error);
  assert.ok(failure instanceof Error);
  assert.equal(failure.message, 'outer: inner: broken');
  assert.equal(failure.name, 'TypeError');
  assert.match(failure.stack ?? '', /^TypeError: outer: inner: broken\n\s+at .*telemetry\.test/);
  assert.equal((failure.cause as Error).cause, cause);
  assert.deepEqual(recorded.map(({ name, outcome, error }) => [name, outcome, error]), [['inner', 'failed', 'broken'], ['outer', 'failed', 'inner: broken']]);
  assert.equal(steps.current, undefined);
  assert.equal(drained, 2);
  assert.equal(await steps.run('fine', async () => 42), 42);
});

test('a timeout is told from a failure', async () => {
  const recorded: StepEvent[] = [];
  const steps = new Steps({ record: (event) => void recorded.push(event), afterStep: () => Promise.resolve() });
  const timeout = Object.assign(new Error('locator.click: Timeout 50ms exceeded.'), { name: 'TimeoutError' });
  for (const error of [timeout, new Error('expect(locator).toBeVisible() failed\n\nTimeout: 50ms'), new Error('expect(received).toBe(expected)'), 'not an Error']) {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what others throw is not ours to choose
    await steps.run('x', async () => { throw error; }).catch(() => undefined);
  }
  assert.deepEqual(recorded.map(({ outcome }) => outcome), ['timeout', 'timeout', 'failed', 'failed']);
});

test('a frame’s key depends on its beginning, its end and its length', () => {
  const long = `${'a'.repeat(300)}middle${'b'.repeat(300)}`;
  const keys = new Set([frameKey(long), frameKey(`x${long.slice(1)}`), frameKey(`${long.slice(0, -1)}x`), frameKey(`${long}b`), frameKey(''), frameKey('a')]);
  assert.equal(keys.size, 6);
  assert.equal(frameKey(long), frameKey(long.replace('middle', 'muddle')));
});
