import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shortNames } from './short-names.ts';

const names = (...given: (string | [string, number])[]): string[][] =>
  shortNames(
    given.map((each) => (typeof each === 'string' ? { name: each, width: 0 } : { name: each[0], width: each[1] })),
  );

describe('short names', () => {
  it('leave names alone that are short already, even when longer ones come first', () => {
    assert.deepEqual(names('satisfaction', 'SATISFAC', 'q1', '@x'), [['SATISF_0'], ['SATISFAC'], ['Q1'], ['@X']]);
  });

  it('number the segments of very long strings', () => {
    assert.deepEqual(names(['verbatim', 600]), [['VERBATIM', 'VERBA0', 'VERBA1']]);
  });

  it('stand in for names beyond ASCII', () => {
    assert.deepEqual(names('名前', 'größe', '名字'), [['V'], ['GRSSE'], ['V_0']]);
  });

  it('are unique and 8 bytes at most among thousands of one stem', () => {
    const all = names(...Array.from({ length: 5000 }, (_, index) => `satisfaction_${index}`), [
      'satisfaction_text',
      32767,
    ]).flat();
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.every((name) => Buffer.byteLength(name) <= 8 && /^[A-Z@]/.test(name)));
  });
});
