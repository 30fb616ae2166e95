import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundBundle } from '../../datasets/find-bundles.ts';
import { namesLoadTest } from './load-test-asked.ts';
import { asManyAs, refusalStatus } from './load-test.ts';

test('only who names the load test gets it', () => {
  for (const args of [
    ['--project', 'load-test'],
    ['--project=load-test'],
    ['e2e/load-test.spec.ts'],
    ['-g', '@load-test'],
  ])
    assert.equal(namesLoadTest(args), true, args.join(' '));
  for (const args of [[], ['--workers=15'], ['--grep', '@smoke'], ['--project', 'hazards']])
    assert.equal(namesLoadTest(args), false, args.join(' '));
});

test('too few bundles are taken again, under other names', () => {
  const bundle = (name: string): FoundBundle => ({ name, ready: true, hasBanner: false, files: [] });
  assert.deepEqual(
    asManyAs(5, [bundle('a'), bundle('b')]).map(({ name }) => name),
    ['a', 'b', 'a-2', 'b-2', 'a-3'],
  );
  assert.deepEqual(
    asManyAs(1, [bundle('a'), bundle('b')]).map(({ name }) => name),
    ['a'],
  );
  assert.deepEqual(asManyAs(3, []), []);
});

test('what a refusal means is known by its words, and what may have been accepted is no refusal', () => {
  const words: [string, number | undefined][] = [
    ['Rate limited (429)', 429],
    ['A project named "Load — alpha" already exists. Please choose a different name.', 409],
    ['Dataset "alpha" not found in manifest', 400],
    ['Missing required .sav or survey file', 400],
    ['HTTP 413', 413],
    ['HTTP 502', undefined],
    ['Project launch failed', undefined],
    ['fetch failed', undefined],
  ];
  for (const [said, status] of words) assert.equal(refusalStatus(said), status, said);
});
