/** Walks what witnesses saw of a project along the table of states. */
import { evidenceOf, type Breach } from './breach.ts';
import type { Observation } from './observations.ts';
import { mayFollow, states, type BreachKind, type StateName } from './states.ts';

export interface Violation {
  readonly kind: BreachKind;
  readonly from: Observation;
  readonly to: Observation;
}

/** Every step of a stream that the table does not permit. A word that leaves several states open is taken in its favour. */
export function violationsIn(stream: readonly Observation[]): Violation[] {
  const found: Violation[] = [];
  let last: Observation | undefined;
  let possible: readonly StateName[] = [];
  for (const now of stream) {
    const permitted = now.states.filter((state) => possible.some((earlier) => mayFollow(earlier, state)));
    if (last && permitted.length === 0) {
      const kind = possible.flatMap((earlier) =>
        now.states.flatMap((state) => states[earlier].otherwise[state] ?? []),
      )[0];
      if (kind) found.push({ kind, from: last, to: now });
    }
    possible = permitted.length > 0 ? permitted : now.states;
    last = now;
  }
  return found;
}

/** What a run at work can look like, short of asking for a review. */
const working: readonly StateName[] = ['accepted', 'running', 'resuming'];

/**
 * Streams without the glimpses of a cancelled run that is at work until the work notices (PRODUCT.md section 9, quirk 5):
 * a product that is not ours to repair may show them, and they mean nothing. What does: that the run ends otherwise after
 * all, which stays in its stream, or that it never ends, which teardown waits for.
 */
export function* withoutFlickers(streams: Iterable<readonly Observation[]>): Generator<Observation[]> {
  for (const stream of streams) yield withoutFlicker(stream);
}

function withoutFlicker(stream: readonly Observation[]): Observation[] {
  const cancelledAt = stream.findIndex(({ states: told }) => told.every((state) => state === 'cancelled'));
  if (cancelledAt < 0) return [...stream];
  return stream.filter(
    ({ states: told }, place) => place < cancelledAt || !told.every((state) => working.includes(state)),
  );
}

const said: Partial<Record<BreachKind, string>> = {
  resurrected: 'went back to work after its end',
  overwritten: 'had a state replaced by one that cannot follow it',
};

/** The violations of all streams as breaches, one a project and kind, whoever saw it. */
export function breachesOfPaths(streams: Iterable<readonly Observation[]>): Breach[] {
  const found = new Map<string, Violation[]>();
  for (const stream of streams)
    for (const violation of violationsIn(stream)) {
      const key = `${violation.kind} ${violation.to.project}`;
      const known = found.get(key);
      if (known) known.push(violation);
      else found.set(key, [violation]);
    }
  return [...found.values()].flatMap((violations) => {
    const [first] = violations;
    if (!first) return [];
    const { kind, to } = first;
    return [
      {
        kind,
        project: to.project,
        what: said[kind] ?? 'took a step that is not permitted',
        evidence: evidenceOf(violations.flatMap(({ from, to: after }) => [from, after])),
      },
    ];
  });
}
