import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLimiter, tiers } from './limiter.ts';

test('the window slides: a request comes free when the oldest is as old as the window', () => {
  let now = 1_000_000;
  const limiter = createLimiter({ limits: 'production', now: () => now });
  for (let count = 0; count < tiers.high.requests; count += 1) {
    assert.equal(limiter.take('org', 'high', 'route').allowed, true);
    now += 1000;
  }
  const verdict = limiter.take('org', 'high', 'route');
  assert.deepEqual(verdict, { allowed: false, retryAfterS: 45, resetAtS: Math.ceil((now + 60_000) / 1000) });
  now += 44_999;
  assert.equal(limiter.take('org', 'high', 'route').allowed, false);
  now += 1;
  assert.equal(limiter.take('org', 'high', 'route').allowed, true);
  assert.equal(limiter.take('org', 'high', 'route').allowed, false, 'only one has come free');
});

test('organisations and routes have buckets of their own', () => {
  const limiter = createLimiter({ limits: 'production', now: () => 1 });
  for (let count = 0; count < 5; count += 1) limiter.take('org', 'critical', 'launch');
  assert.equal(limiter.take('org', 'critical', 'launch').allowed, false);
  assert.equal(limiter.take('org', 'critical', 'delete').allowed, true);
  assert.equal(limiter.take('other', 'critical', 'launch').allowed, true);
});

test('development allows ten times as much, none everything', () => {
  const development = createLimiter({ limits: 'development', now: () => 1 });
  const none = createLimiter({ limits: 'none', now: () => 1 });
  let allowed = 0;
  for (let count = 0; count < 1000; count += 1) {
    if (development.take('org', 'critical', 'launch').allowed) allowed += 1;
    assert.equal(none.take('org', 'critical', 'launch').allowed, true);
  }
  assert.equal(allowed, 50);
});

test('a shorter window is over sooner, and says so', () => {
  let now = 1_000_000;
  const limiter = createLimiter({ limits: 'production', windowFactor: 0.01, now: () => now });
  for (let count = 0; count < tiers.critical.requests; count += 1) limiter.take('org', 'critical', 'launch');
  const verdict = limiter.take('org', 'critical', 'launch');
  assert.deepEqual(verdict, { allowed: false, retryAfterS: 6, resetAtS: (now + 6000) / 1000 });
  now += 6000;
  assert.equal(limiter.take('org', 'critical', 'launch').allowed, true);
});
