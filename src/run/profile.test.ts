import assert from 'node:assert/strict';
import test from 'node:test';
import { choicesFor, decisionsFor, setOutDelays, shareOut, thinkTimes } from './profile.ts';
import { crewOf, startLineSize } from './plan.ts';

const names = Array.from({ length: 15 }, (_, index) => `analyst-${String(index + 1).padStart(2, '0')}`);

test('the same seed gives the same choices, another seed others', () => {
  assert.deepEqual(
    names.map((name) => choicesFor(1, name)),
    names.map((name) => choicesFor(1, name)),
  );
  assert.notDeepEqual(
    names.map((name) => choicesFor(1, name)),
    names.map((name) => choicesFor(2, name)),
  );
});

test('fifteen analysts vary in everything', () => {
  const choices = names.map((name) => choicesFor(1, name));
  assert.ok(new Set(choices.map(({ theme }) => theme)).size >= 4);
  assert.equal(new Set(choices.map(({ displayMode }) => displayMode)).size, 3);
  assert.equal(new Set(choices.map(({ useWeight }) => useWeight)).size, 2);
  assert.equal(new Set(choices.map(({ separateWorkbooks }) => separateWorkbooks)).size, 2);
  for (const { displayMode, separateWorkbooks } of choices) assert.ok(displayMode === 'Both' || !separateWorkbooks);
});

test('think times lie between half of the mean and one and a half of it, the same for the same seed', () => {
  const draw = (seed: number, meanS: number) => Array.from({ length: 200 }, thinkTimes(seed, 'analyst-01', meanS));
  const times = draw(1, 2);
  assert.ok(times.every((ms) => ms >= 1000 && ms < 3000));
  assert.ok(Math.max(...times) - Math.min(...times) > 1500);
  assert.deepEqual(times, draw(1, 2));
  assert.notDeepEqual(times, draw(2, 2));
  assert.ok(draw(1, 0).every((ms) => ms === 0));
});

test('analysts set out evenly over the ramp, neighbours not one after another', () => {
  const delays = setOutDelays(1, 15, 12);
  assert.deepEqual(
    delays.toSorted((a, b) => a - b),
    Array.from({ length: 15 }, (_, place) => place * 800),
  );
  assert.notDeepEqual(
    delays,
    delays.toSorted((a, b) => a - b),
  );
  assert.ok(setOutDelays(1, 15, 0).every((delay) => delay === 0));
});

test('every bundle is used before any is used again', () => {
  const dealt = shareOut(3, ['a', 'b', 'c', 'd'], 10);
  assert.equal(dealt.length, 10);
  assert.deepEqual([...dealt.slice(0, 4)].sort(), ['a', 'b', 'c', 'd']);
  assert.deepEqual([...dealt.slice(4, 8)].sort(), ['a', 'b', 'c', 'd']);
});

test('a review of four columns with alternatives sees all four decisions', () => {
  for (const name of names) {
    const decisions = decisionsFor(
      1,
      name,
      Array.from({ length: 4 }, () => ({ hasAlternatives: true })),
    );
    assert.deepEqual([...decisions].sort(), ['accept', 'alternative', 'hint', 'skip']);
  }
});

test('an alternative is only picked where there is one', () => {
  for (const name of names) {
    const columns = Array.from({ length: 9 }, (_, index) => ({ hasAlternatives: index % 3 === 0 }));
    for (const [index, decision] of decisionsFor(7, name, columns).entries())
      assert.ok(decision !== 'alternative' || index % 3 === 0);
  }
});

test('the start line waits for as many as can work at once', () => {
  assert.equal(startLineSize({ analysts: names, workers: 15 }, 1), 15);
  assert.equal(startLineSize({ analysts: names, workers: 4 }, 1), 4);
  assert.equal(startLineSize({ analysts: names, workers: 3 }, 5), 15);
  assert.equal(startLineSize({ analysts: names, workers: 2 }, 5), 10);
  assert.equal(startLineSize({ analysts: ['analyst-01', 'analyst-02', 'analyst-07'], workers: 1 }, 5), 2);
});

test('crews are cut in order', () => {
  assert.deepEqual(
    names.map((name) => crewOf(name, 6)),
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2],
  );
});
