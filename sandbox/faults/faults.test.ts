import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completeSettings, readSettings, SettingsError } from '../settings.ts';
import { createFaults, faultNames, faultRegistry, FaultsError, noFaults } from './index.ts';

describe('the setting SANDBOX_FAULTS', () => {
  test('is empty by default: no fault is on', () => {
    assert.equal(readSettings({}).faults, '');
    for (const name of faultNames) assert.equal(noFaults.has(name), false, name);
  });

  test('switches on what it names, with its number or the default', () => {
    const faults = createFaults(readSettings({ SANDBOX_FAULTS: ' lost-update, socket-flap = 0.25,slow-inp,' }).faults);
    assert.deepEqual(
      faultNames.filter((name) => faults.has(name)),
      ['lost-update', 'socket-flap', 'slow-inp'],
    );
    assert.equal(faults.amount('socket-flap'), 0.25);
    assert.equal(faults.amount('slow-inp'), faultRegistry['slow-inp'].amount.default);
    assert.equal(createFaults('slow-inp=0').amount('slow-inp'), 0);
  });

  const refusals: [list: string, message: RegExp][] = [
    ['lost-updates', /no fault "lost-updates"; there are duplicate-name, .*slow-inp/],
    ['lost-update=1', /lost-update takes no number/],
    ['socket-flap=2', /socket-flap=2 must be a number from 0 to 1: chance of each socket in each second/],
    ['socket-flap=', /socket-flap= must be a number/],
    ['slow-inp=much', /slow-inp=much must be a number/],
    ['ghost-slot,ghost-slot', /ghost-slot stands there twice/],
    ['toString', /no fault "toString"/],
  ];
  for (const [list, message] of refusals)
    test(`refuses ${list}`, () => {
      assert.throws(() => createFaults(list), FaultsError);
      assert.throws(() => readSettings({ SANDBOX_FAULTS: list }), message);
      assert.throws(
        () => completeSettings({ faults: list }),
        (error: unknown) => error instanceof SettingsError && error.message.includes('SANDBOX_FAULTS='),
      );
    });

  test('every fault says what it does; hazards are numbered 1 to 18, each once', () => {
    const hazards = faultNames.flatMap((name) => {
      const spec: { does: string; hazard?: number } = faultRegistry[name];
      assert.match(spec.does, /^[A-Z].*\.$/);
      return spec.hazard ?? [];
    });
    assert.deepEqual(
      hazards,
      Array.from({ length: 18 }, (_, index) => index + 1),
    );
    assert.equal(faultNames.length, 24);
  });
});
