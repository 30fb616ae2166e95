import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from './random.ts';

const draw = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.float());

describe('Random', () => {
  it('repeats itself for a seed, and not for another', () => {
    assert.deepEqual(draw(new Random(7), 50), draw(new Random(7), 50));
    assert.notDeepEqual(draw(new Random(7), 50), draw(new Random(8), 50));
  });

  it('forks streams that depend on the name alone, not on what was drawn before', () => {
    const used = new Random(7);
    draw(used, 100);
    assert.deepEqual(draw(used.fork('people'), 20), draw(new Random(7).fork('people'), 20));
    assert.notDeepEqual(draw(used.fork('people'), 20), draw(used.fork('answers'), 20));
  });

  it('is uniform, and its normal has mean 0 and deviation 1', () => {
    const random = new Random(1);
    const floats = draw(random, 20_000);
    const deciles = Array.from({ length: 10 }, (_, i) => floats.filter((value) => Math.floor(value * 10) === i).length);
    assert.ok(
      deciles.every((count) => Math.abs(count - 2_000) < 200),
      deciles.join(' '),
    );
    const normals = Array.from({ length: 20_000 }, () => random.normal());
    const mean = normals.reduce((a, b) => a + b, 0) / normals.length;
    const deviation = Math.sqrt(normals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normals.length);
    assert.ok(Math.abs(mean) < 0.03 && Math.abs(deviation - 1) < 0.03, `${mean} ${deviation}`);
  });

  it('draws by weight, within bounds, and shuffles without loss', () => {
    const random = new Random(2);
    const counts = [0, 0, 0];
    for (let i = 0; i < 9_000; i++) {
      const place = random.weighted([1, 0, 2]);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    assert.equal(counts[1], 0);
    assert.ok(Math.abs((counts[2] ?? 0) - 6_000) < 300);
    const whole = Array.from({ length: 500 }, () => random.int(3, 5));
    assert.deepEqual([...new Set(whole)].sort(), [3, 4, 5]);
    assert.deepEqual(random.shuffle([1, 2, 3, 4, 5]).sort(), [1, 2, 3, 4, 5]);
    assert.throws(() => random.pick([]), /empty list/);
  });
});
