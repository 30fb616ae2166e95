import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytes, duration, score, share, whole } from '../format.ts';
import { clip, columns, firstLine, paintWith, wrap, widthFor, widthOf } from './text.ts';

test('durations are rounded to what they can carry', () => {
  const told: [number | null | undefined, string][] = [
    [null, '–'],
    [undefined, '–'],
    [0, '0 ms'],
    [-0.2, '0 ms'],
    [-12, '-12 ms'],
    [12.4, '12 ms'],
    [999.6, '1.0 s'],
    [1_823.44, '1.8 s'],
    [9_949, '9.9 s'],
    [9_960, '10 s'],
    [99_400, '99 s'],
    [99_600, '1 min 40 s'],
    [192_000, '3 min 12 s'],
    [3_599_600, '1 h 00 min'],
    [3_840_000, '1 h 04 min'],
  ];
  for (const [ms, text] of told) assert.equal(duration(ms), text);
});

test('other quantities', () => {
  assert.equal(score(0.01234), '0.012');
  assert.equal(score(null), '–');
  assert.equal(whole(12_345.4), '12,345');
  assert.equal(share(0.714), '71 %');
  assert.deepEqual([640, 12_400, 999_600, 3_440_000, 9_960_000, 1_234_000_000].map(bytes), [
    '640 bytes',
    '12 kB',
    '1.0 MB',
    '3.4 MB',
    '10 MB',
    '1,234 MB',
  ]);
});

test('wrapping loses no word and makes no line too wide, unless a word is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1 }),
      fc.integer({ min: 5, max: 40 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width);
        assert.deepEqual(
          lines.flatMap((line) => line.split(' ')),
          words,
        );
        for (const line of lines) assert.ok(line.length <= width || !line.includes(' '));
      },
    ),
  );
});

test('wrapping keeps the line breaks and indentation of its text', () => {
  assert.deepEqual(wrap('Type one of these:\n  npm start     (here)\n  a b c d e f', 20), [
    'Type one of these:',
    '  npm start (here)',
    '  a b c d e f',
  ]);
  assert.deepEqual(wrap('', 10), ['']);
});

test('columns are as wide as their widest cell, however it is coloured', () => {
  const paint = paintWith(true);
  assert.deepEqual(
    columns([
      ['a', '1 ms', 'x'],
      ['long', paint.bad('12 ms'), 'yy'],
    ]),
    ['a      1 ms   x', `long  ${paint.bad('12 ms')}  yy`],
  );
});

test('a text is as wide as a terminal shows it, and cut there', () => {
  for (const [text, width] of [
    ['abc', 3],
    ['\u001b[31mabc\u001b[39m', 3],
    ['漢字', 4],
    ['e\u0301a', 2],
    ['🙂', 2],
  ] as const)
    assert.equal(widthOf(text), width, text);
  assert.equal(clip('漢字漢字', 6), '漢字…');
  assert.equal(clip('one\n  two', 20), 'one two');
  assert.equal(widthFor({}), 100);
  assert.equal(widthFor({ columns: 80 }), 79);
  assert.equal(widthFor({ columns: 200 }), 100);
});

test('columns that are too wide are cut in the first', () => {
  const rows = [
    ['a label that is long'.padEnd(30), 'x'],
    ['short', '12 ms'],
  ];
  assert.deepEqual(columns(rows, 25), ['a label that is l…      x', 'short               12 ms']);
});

test('colour only where it is wanted', () => {
  assert.equal(paintWith(false).strong('x'), 'x');
  assert.equal(paintWith(true).strong('x'), '\u001b[1mx\u001b[22m');
});

test('the first line of an error', () => {
  assert.equal(firstLine('\u001b[31mError: upload: too large\u001b[39m\n    at a.ts:1'), 'upload: too large');
  assert.equal(firstLine('TimeoutError: page.goto: 30 s\nmore'), 'page.goto: 30 s');
  assert.equal(firstLine('\n\n'), 'no message');
  assert.equal(clip('abcdef', 4), 'abc…');
});
