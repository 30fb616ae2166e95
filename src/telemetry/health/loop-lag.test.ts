import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventBodySchema, type HealthEvent } from '../events.ts';
import { watchLoop } from './loop-lag.ts';

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('a block of the event loop is found, with its length', async () => {
  const seen: HealthEvent[] = [];
  const watch = watchLoop((event) => seen.push(event));
  await sleep(50);
  block(300);
  await sleep(50);
  watch.stop();
  assert.ok(seen.length > 0);
  for (const event of seen) eventBodySchema.parse(event);
  const max = Math.max(...seen.map(({ loopLagMaxMs = 0 }) => loopLagMaxMs));
  assert.ok(max >= 270, `${max} ms`);
});

test('a loop that is always late is late at its 95th percentile too', async () => {
  const seen: HealthEvent[] = [];
  const watch = watchLoop((event) => seen.push(event));
  for (let turn = 0; turn < 10; turn += 1) {
    block(60);
    await sleep(1);
  }
  watch.stop();
  const worst = Math.max(...seen.map(({ loopLagP95Ms = 0 }) => loopLagP95Ms));
  assert.ok(worst >= 40, `${worst} ms`);
});

test('windows follow one another without a gap', async () => {
  const seen: HealthEvent[] = [];
  const watch = watchLoop((event) => seen.push(event));
  await sleep(1300);
  watch.stop();
  assert.ok(seen.length >= 2);
  for (const [place, { from }] of seen.entries()) if (place > 0) assert.equal(from, seen[place - 1]?.to);
});

test('what recording met is thrown at the end, and the first of it', async () => {
  let times = 0;
  const watch = watchLoop(() => {
    times += 1;
    throw new Error(`no room ${times}`);
  });
  await sleep(1200);
  assert.throws(() => watch.stop(), /no room 1/);
});
