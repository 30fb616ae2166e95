import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readArguments } from './arguments.ts';
import { small } from './testing.ts';

const read = (line: string) => readArguments(line.split(' ').filter(Boolean), small, ['twice', 'leak']);

test('without a choice it is everything, once with each fault and twenty times without', () => {
  const { faults, probes, each, clean, report, publish } = read('');
  assert.deepEqual([faults, probes], [['twice', 'leak'], Object.keys(small)]);
  assert.deepEqual([each, clean, report, publish], [1, 20, false, false]);
});

test('a fault alone is its row alone; a probe is all that it has to do with', () => {
  const row = read('--fault leak --seconds 90');
  assert.deepEqual([row.faults, row.probes, row.clean, row.seconds], [['leak'], ['twice', 'leak'], 0, 90]);
  assert.equal(read('--fault leak --clean 3').clean, 3);
  const probe = read('--probe tabs --probe leak --each 2');
  assert.deepEqual([probe.faults, probe.probes, probe.clean, probe.each], [['twice', 'leak'], ['tabs', 'leak'], 20, 2]);
});

test('a trial keeps nothing', () => {
  const { folder, faults, probes, clean } = read('--quick');
  assert.equal(folder, undefined);
  assert.deepEqual([faults, clean], [probes, 1]);
});

test('what cannot be understood is refused with what there is', () => {
  for (const [line, why] of [
    ['--fault nonsense', /--fault nonsense is not known: there are twice, leak/],
    ['--probe nonsense', /there are twice, leak, tabs/],
    ['--each 0', /--each has "0": it must be a whole number from 1 on/],
    ['--clean many', /--clean has "many".*from 0 on/],
    ['--quick --publish', /--quick chooses for itself/],
    ['--publish --fault leak', /--publish takes the whole/],
    ['--nonsense', /Usage/],
  ] as const)
    assert.throws(
      () => read(line),
      (error) => error instanceof ConfigurationError && why.test(error.message),
      line,
    );
});
