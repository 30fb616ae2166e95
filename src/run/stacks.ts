/**
 * Playwright takes a stack trace of every call, and its transpiler maps each frame of each of them to its source anew: a
 * third of a worker's time under load. The frames of a run are a few thousand, so each is mapped once.
 */

/** What makes the text of a stack from an error and its call sites. */
type Prepare = (error: Error, sites: readonly object[]) => unknown;

/** V8's hook for stacks, as a property: it is called with any `this`. */
const hook = Error as unknown as { prepareStackTrace: Prepare | undefined };
const remembering = new WeakSet<Prepare>();

/** From now on a frame that has been mapped before is remembered, in this process. */
export function rememberFrames(): void {
  const prepare = hook.prepareStackTrace;
  if (prepare === undefined || remembering.has(prepare)) return;
  const known = new Map<string, string>();
  const mapped = (site: object): string => {
    const key = (site as { toString(): string }).toString();
    let frame = known.get(key);
    if (frame === undefined) {
      frame = String(prepare(new Error(), [site])).replace(/^.*\n/, '');
      known.set(key, frame);
    }
    return frame;
  };
  const remember: Prepare = (error, sites) => [String(prepare(error, [])), ...sites.map(mapped)].join('\n');
  remembering.add(remember);
  hook.prepareStackTrace = remember;
}
