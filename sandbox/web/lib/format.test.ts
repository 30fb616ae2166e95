import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, duration, initials, megabytes, relativeTime, shortRelativeTime } from './format.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 20, 12);

test('how long ago, in words, at each border', () => {
  const cases: [number, string, string][] = [
    [-5000, 'Just now', 'Just now'],
    [minute - 1, 'Just now', 'Just now'],
    [minute, '1 minute ago', '1m ago'],
    [2 * minute, '2 minutes ago', '2m ago'],
    [hour - 1, '59 minutes ago', '59m ago'],
    [hour, '1 hour ago', '1h ago'],
    [23 * hour, '23 hours ago', '23h ago'],
    [day, '1 day ago', '1d ago'],
    [40 * day, '40 days ago', '40d ago'],
  ];
  for (const [passed, long, short] of cases) {
    assert.equal(relativeTime(now - passed, now), long);
    assert.equal(shortRelativeTime(now - passed, now), short);
  }
});

test('durations', () => {
  const cases: [number, string][] = [
    [0, '1s'],
    [8400, '8s'],
    [59_600, '1m 0s'],
    [125_000, '2m 5s'],
    [hour + 2 * minute, '1h 2m'],
  ];
  for (const [ms, text] of cases) assert.equal(duration(ms), text);
});

test('figures, file sizes and initials', () => {
  assert.equal(count(1234), '1,234');
  assert.equal(megabytes(545_260), '0.52 MB');
  assert.equal(initials('Ada Lovelace Byron', 'a@b.test'), 'AL');
  assert.equal(initials('', 'zoe@b.test'), 'Z');
});
