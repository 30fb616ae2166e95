/** While a block stands on the terminal, whatever else this process writes there goes above it. */

type Write = NodeJS.WriteStream['write'];

/** The part of a stream that is led elsewhere. */
export interface Guarded {
  write: Write;
}

/** Leads what is written to the streams to `passOn`, until the function it returns is called. */
export function guard(streams: readonly Guarded[], passOn: (chunk: string) => void): () => void {
  const free = streams.map((stream) => {
    const own = stream.write;
    const led = ((chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      passOn(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const done = rest.find((each): each is () => void => typeof each === 'function');
      if (done) process.nextTick(done);
      return true;
    }) as Write;
    stream.write = led;
    return () => {
      // Who led it elsewhere after us gives it back after us.
      if (stream.write === led) stream.write = own;
    };
  });
  return () => free.forEach((each) => each());
}
