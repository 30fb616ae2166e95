/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it/), its state filled by splitmix32.
 * The same seed gives the same numbers on every machine: only 32-bit integer arithmetic decides, and the transcendental
 * functions used for `normal` feed choices between whole numbers, never stored digits.
 */
export class Random {
  readonly #seed: number;
  readonly #state: Uint32Array;

  /** @param seed any integer; only its low 32 bits count. */
  constructor(seed: number) {
    this.#seed = seed >>> 0;
    let mixed = this.#seed;
    this.#state = Uint32Array.from({ length: 4 }, () => {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let z = mixed;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    });
  }

  /** A stream of its own for a named purpose, so that drawing more in one place changes nothing in another. */
  fork(purpose: string): Random {
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
    return new Random(hash);
  }

  /** 32 random bits as an unsigned integer. */
  next(): number {
    const s = this.#state;
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = s;
    const times5 = Math.imul(s1, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const x2 = s2 ^ s0;
    const x3 = s3 ^ s1;
    s[1] = s1 ^ x2;
    s[0] = s0 ^ x3;
    s[2] = x2 ^ (s1 << 9);
    s[3] = (x3 << 11) | (x3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1). */
  float(): number {
    return this.next() / 4294967296;
  }

  /** Uniform whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  /** Roughly normal, mean 0 and deviation 1: the sum of twelve uniforms, which needs no transcendental function. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.float();
    return sum;
  }

  /** One element; throws for an empty list. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new Error('Cannot pick from an empty list.');
    return item;
  }

  /** Index drawn with the given relative weights (not necessarily summing to 1). */
  weighted(weights: readonly number[]): number {
    let left = this.float() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i] ?? 0;
      if (left < 0) return i;
    }
    return weights.length - 1;
  }

  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T]; // both indices lie inside the copy
    }
    return copy;
  }
}
