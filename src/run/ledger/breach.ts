/** A breach of the ledger, and the evidence for it: which analyst saw what when. */
import type { BreachKind, Witness } from './states.ts';

export interface Evidence {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `analyst-01`, …, or `teardown`. */
  readonly analyst: string;
  readonly witness: Witness;
  readonly saw: string;
}

export interface Breach {
  readonly kind: BreachKind;
  /** The project's name; for what concerns no single project, the organisation's. */
  readonly project: string;
  /** What happened, to be said after the project's name. */
  readonly what: string;
  readonly evidence: readonly Evidence[];
}

/** Evidence in the order of time, each piece once, and no more of it than a person reads. */
export function evidenceOf(pieces: readonly Evidence[], most = 8): Evidence[] {
  const known = new Map(
    pieces.map(({ at, analyst, witness, saw }) => [
      `${at} ${analyst} ${witness} ${saw}`,
      { at, analyst, witness, saw },
    ]),
  );
  return [...known.values()].sort((one, other) => one.at - other.at).slice(0, most);
}
