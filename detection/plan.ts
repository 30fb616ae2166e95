/** What is to be tried: each fault with the probes that it concerns, and each probe on the clean sandbox. Pure. */
import type { CatalogueEntry } from '../e2e/hazards/catalogue/index.ts';

export type Catalogue = Readonly<Record<string, Pick<CatalogueEntry, 'proves' | 'near' | 'luck'>>>;

/** A probe against a product with one fault, or with none. */
export interface Cell {
  readonly fault: string | null;
  readonly probe: string;
  /** What the probe must come to there. */
  readonly expected: 'finding' | 'clean';
  /** The probe itself says that it may miss what is there. */
  readonly luck: boolean;
  /** How many runs with an answer there must be. */
  readonly needed: number;
}

/** One invocation: probes, each once, against a product with one fault or none. */
export interface Batch {
  readonly fault: string | null;
  readonly probes: readonly string[];
  /** Which run of its cells it is, from 1, and the seed from which waits are drawn: no two runs of a cell are alike. */
  readonly seed: number;
}

export interface Selection {
  readonly faults: readonly string[];
  readonly probes: readonly string[];
  /** Runs of each probe with a fault on. */
  readonly each: number;
  /** Runs of each probe on the clean sandbox. */
  readonly clean: number;
}

/** So many probes share an invocation, which takes ten seconds before the first of them begins; more would make it long to wait for the end. */
const mostTogether = 8;

/**
 * Of each chosen fault: the probe that proves it, then those it comes near and must not disturb, as far as they are chosen.
 * Then every chosen probe on the clean sandbox.
 */
export function cellsOf(catalogue: Catalogue, { faults, probes, each, clean }: Selection): Cell[] {
  const entries = probes.map((probe) => {
    const entry = catalogue[probe];
    if (!entry) throw new Error(`There is no probe "${probe}".`);
    return { probe, entry };
  });
  const cell = (fault: string | null, { probe, entry }: (typeof entries)[number]): Cell => ({
    fault,
    probe,
    expected: fault !== null && entry.proves === fault ? 'finding' : 'clean',
    luck: entry.luck !== undefined,
    needed: fault === null ? clean : each,
  });
  return [
    ...faults.flatMap((fault) => [
      ...entries.filter(({ entry }) => entry.proves === fault).map((chosen) => cell(fault, chosen)),
      ...entries.filter(({ entry }) => entry.near.includes(fault)).map((chosen) => cell(fault, chosen)),
    ]),
    ...(clean > 0 ? entries.map((chosen) => cell(null, chosen)) : []),
  ];
}

/** The probes that one of the faults concerns: those that prove it, and those it comes near. */
export function concernedBy(catalogue: Catalogue, faults: readonly string[]): string[] {
  return Object.keys(catalogue).filter((id) => {
    const { proves, near = [] } = catalogue[id] ?? {};
    return faults.some((fault) => fault === proves || near.includes(fault));
  });
}

/** Faults that no probe proves. */
export function unproved(catalogue: Catalogue, faults: readonly string[]): string[] {
  const proved = new Set(Object.values(catalogue).map((entry) => entry.proves));
  return faults.filter((fault) => !proved.has(fault));
}

/** What is still missing, in the order in which it is tried: the faults, then the clean runs, all probes in turn. */
export function batchesOf(cells: readonly Cell[], isAnswered: (cell: Cell, seed: number) => boolean): Batch[] {
  const faults = [...new Set(cells.map(({ fault }) => fault))];
  return faults.flatMap((fault) => {
    const row = cells.filter((cell) => cell.fault === fault);
    const rounds = Math.max(...row.map(({ needed }) => needed));
    return Array.from({ length: rounds }, (_, at) => at + 1).flatMap((seed) => {
      const lacking = row.filter((cell) => seed <= cell.needed && !isAnswered(cell, seed)).map(({ probe }) => probe);
      return chunks(lacking, mostTogether).map((probes) => ({ fault, probes, seed }));
    });
  });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
