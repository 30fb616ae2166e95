import assert from 'node:assert/strict';
import test from 'node:test';
import { canMove, wantsColour } from './terminal.ts';

const terminal = { isTTY: true, hasColors: () => true };
const file = { isTTY: false };

test('colour: asked for, refused, or as the terminal can', () => {
  for (const [stream, env, wanted] of [
    [terminal, {}, true],
    [{ ...terminal, hasColors: () => false }, {}, false],
    [file, {}, false],
    [terminal, { NO_COLOR: '1' }, false],
    [terminal, { NO_COLOR: '' }, true],
    [file, { FORCE_COLOR: '1' }, true],
    [terminal, { FORCE_COLOR: '0' }, false],
    [terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [terminal, { TERM: 'dumb' }, false],
  ] as const)
    assert.equal(wantsColour(stream, env), wanted, JSON.stringify([stream.isTTY, env]));
});

test('lines are written over on terminals that can, and nowhere else', () => {
  assert.equal(canMove(terminal, {}), true);
  assert.equal(canMove(terminal, { TERM: 'dumb' }), false);
  assert.equal(canMove(file, { FORCE_COLOR: '1' }), false);
});
