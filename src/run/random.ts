/** Reproducible choices: a seed and a label give the same draws on every machine. */

/** A source of numbers in [0, 1). */
export type Draw = () => number;

/** FNV-1a hash of the label mixed with the seed feeds mulberry32 (Tommy Ettinger, public domain). */
export function drawsFor(seed: number, label: string): Draw {
  let state = 0x811c9dc5 ^ seed;
  for (let index = 0; index < label.length; index += 1) state = Math.imul(state ^ label.charCodeAt(index), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the items. @throws RangeError for an empty list. */
export function pickOne<T>(draw: Draw, items: readonly T[]): T {
  if (items.length === 0) throw new RangeError('There is nothing to pick from.');
  return items[Math.floor(draw() * items.length)] as T; // In range: draw() < 1.
}

/** The items in a drawn order (Fisher–Yates). */
export function shuffled<T>(draw: Draw, items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T]; // Both in range.
  }
  return order;
}
