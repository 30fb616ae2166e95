import assert from 'node:assert/strict';
import test from 'node:test';
import { analystId, isOurs, newRunId, prefixOf, projectName, shardOf } from './identity.ts';

test('run ids sort by time and are short', () => {
  const earlier = newRunId(Date.UTC(2026, 10, 21, 12, 0, 0), 1295);
  const later = newRunId(Date.UTC(2026, 10, 21, 12, 0, 1), 0);
  assert.match(earlier, /^[a-z0-9]{8}$/);
  assert.ok(earlier < later);
});

test('the prefix has only characters that the product allows', () => {
  const prefix = prefixOf('3lxyz012', Date.UTC(2026, 10, 21), 2);
  assert.equal(prefix, 'Muster 2026-11-21 3lxyz012 s2');
  assert.match(prefix, /^[A-Za-z0-9\s\-/.]{1,100}$/);
});

test('project names carry prefix, separator, analyst and bundle', () => {
  assert.equal(
    projectName('Muster 2026-11-21 a', 'analyst-07', 'banking-app'),
    'Muster 2026-11-21 a — analyst-07 banking-app',
  );
  assert.equal(projectName('P', 'analyst-07', 'banking-app', 2), 'P — analyst-07 banking-app 2');
});

test('only a whole prefix with its separator is ours', () => {
  assert.ok(isOurs('Muster 2026-11-21 a — x', 'Muster 2026-11-21 a'));
  assert.ok(!isOurs('Muster 2026-11-21 ab — x', 'Muster 2026-11-21 a'));
  assert.ok(!isOurs('Muster 2026-11-21 a s1 — x', 'Muster 2026-11-21 a'));
  assert.ok(!isOurs('Muster 2026-11-21 a - x', 'Muster 2026-11-21 a'));
});

test('analysts are numbered from 01, wider when there are many', () => {
  assert.equal(analystId(6, 15), 'analyst-07');
  assert.equal(analystId(6, 120), 'analyst-007');
});

test('the shard is read from the command line in both spellings', () => {
  assert.equal(shardOf(['test', '--shard=2/5']), 2);
  assert.equal(shardOf(['test', '--shard', '3/5']), 3);
  assert.equal(shardOf(['test']), undefined);
});
