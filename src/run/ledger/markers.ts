/** Markers: what tells whose data a text came from, wherever it turns up. */

/** The token that an analyst types into its project; unique to the run and the analyst, and plain ASCII. */
export function markerOf(runId: string, analyst: string): string {
  return `mk-${runId}-${analyst}-mk`;
}

export interface ForeignMarker {
  /** The analyst whose data it is. */
  readonly owner: string;
  /** What stood around it. */
  readonly excerpt: string;
}

/** After the run's id: the rest of a project's name, as it stands in texts, in JSON and in addresses; or of a token. */
const rest =
  /(?: s\d+)?(?:-|(?: |\+|%20|&nbsp;)(?:—|\\u2014|%E2%80%94|&mdash;)(?: |\+|%20|&nbsp;))(analyst-\d+)(?!\d)/y;
const around = 60;

/**
 * Finds the markers, and the names of projects, of analysts that are not at home in the analyst's organisation.
 * `homes`: the organisation of every analyst of the run.
 */
export function foreignMarkers(
  runId: string,
  analyst: string,
  homes: ReadonlyMap<string, string>,
): (text: string) => ForeignMarker[] {
  const home = homes.get(analyst);
  return (text) => {
    const found = new Map<string, ForeignMarker>();
    for (let at = text.indexOf(runId); at >= 0; at = text.indexOf(runId, at + runId.length)) {
      rest.lastIndex = at + runId.length;
      const owner = rest.exec(text)?.[1];
      const theirs = owner === undefined ? undefined : homes.get(owner);
      if (owner === undefined || theirs === undefined || theirs === home || found.has(owner)) continue;
      found.set(owner, { owner, excerpt: text.slice(Math.max(0, at - around), at + around) });
    }
    return [...found.values()];
  };
}
