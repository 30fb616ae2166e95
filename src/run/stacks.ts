/**
 * Playwright takes a stack trace of every call, and its transpiler maps each frame of each of them to its source anew: a
 * third of a worker's time under load. The frames of a run are a few thousand, so each is mapped once.
 */

/** From now on a frame that has been mapped before is remembered, in this process. */
export function rememberFrames(): void {
  const prepare = Error.prepareStackTrace;
  if (prepare === undefined || remembering.has(prepare)) return;
  const known = new Map<string, string>();
  const mapped = (site: NodeJS.CallSite): string => {
    const key = String(site);
    let frame = known.get(key);
    if (frame === undefined) {
      frame = String(prepare(new Error(), [site])).replace(/^.*\n/, '');
      known.set(key, frame);
    }
    return frame;
  };
  Error.prepareStackTrace = (error: Error, sites) =>
    [String(prepare(error, [])), ...sites.map((site) => mapped(site))].join('\n');
  remembering.add(Error.prepareStackTrace);
}

const remembering = new WeakSet<object>();
