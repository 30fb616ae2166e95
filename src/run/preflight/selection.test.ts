import assert from 'node:assert/strict';
import test from 'node:test';
import { selectedTitles } from './selection.ts';

const titles = ['analyst-01 · coffee-loyalty', 'analyst-02 · banking-app', 'analyst-03 · coffee-loyalty'];

for (const [args, expected] of [
  [[], [1, 2, 3]],
  [
    ['--workers=15', '--headed'],
    [1, 2, 3],
  ],
  [['--grep', '@smoke'], [1]],
  [['--grep=@SMOKE'], [1]],
  [
    ['-g', 'analyst-0[23]'],
    [2, 3],
  ],
  [
    ['--grep', '/coffee/i'],
    [1, 3],
  ],
  [['--grep', '/COFFEE/'], []],
  [
    ['--grep-invert', 'banking'],
    [1, 3],
  ],
  [['--project', 'hazards'], []],
  [['--project=main'], [1, 2, 3]],
  [['e2e/hazards/stale-review.spec.ts'], []],
  [['e2e/main.spec.ts'], [1, 2, 3]],
  [['main.spec.ts:12'], [1, 2, 3]],
  [['--shard=2/5'], [1, 2, 3]],
] as const) {
  test(`${args.join(' ') || 'no argument'} selects ${expected.join(', ') || 'nobody'}`, () => {
    assert.deepEqual(
      selectedTitles(args, titles),
      expected.map((number) => titles[number - 1]),
    );
  });
}
