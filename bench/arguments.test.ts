import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readArguments, type Defaults } from './arguments.ts';

const defaults: Defaults = {
  bench: 'density',
  arms: ['muster', 'plain'],
  levels: [5, 10],
  repetitions: 3,
  quick: { levels: [3], repetitions: 1 },
};

test('what is not said has its default, and a trial stays away from the measurements proper', () => {
  const { plan, folder, report, publish } = readArguments([], defaults);
  assert.deepEqual(plan, { arms: ['muster', 'plain'], journey: 'dwell', levels: [5, 10], repetitions: 3 });
  assert.deepEqual([report, publish], [false, false]);
  const quick = readArguments(['--quick', '--levels', '7'], defaults);
  assert.deepEqual(quick.plan, { ...plan, levels: [7], repetitions: 1 });
  assert.notEqual(quick.folder, folder);
});

test('what was said counts', () => {
  const { plan, seconds } = readArguments(
    ['--arms', 'bare', '--journey', 'whole', '--levels', '1,24', '--repetitions', '2', '--seconds', '90'],
    defaults,
  );
  assert.deepEqual(plan, { arms: ['bare'], journey: 'whole', levels: [1, 24], repetitions: 2 });
  assert.equal(seconds, 90);
});

test('what cannot be understood is refused with what there is', () => {
  for (const [argv, why] of [
    [['--journey', 'browse'], /dwell\|whole/],
    [['--arms', 'selenium'], /muster, silent, plain, bare/],
    [['--levels', '5,0'], /--levels has "0"/],
    [['--nonsense'], /Usage/],
  ] as const)
    assert.throws(
      () => readArguments(argv, defaults),
      (error) => error instanceof ConfigurationError && why.test(error.message),
    );
});
