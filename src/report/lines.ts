/** The lines of a file, some at a time: it may be larger than memory. */
import { createReadStream } from 'node:fs';

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** The last line that holds something. */
  readonly last: boolean;
}

const CHUNK_BYTES = 256 * 1024;

/** The lines that hold something, in batches, of the file's first so many bytes. Rejects when the file cannot be read. */
export async function* linesOf(path: string, bytes = Infinity): AsyncGenerator<Line[]> {
  if (bytes === 0) return;
  // Given out when the next is known, so that the last one is known as such.
  let held: Line | undefined;
  let rest = '';
  let number = 0;
  const take = (texts: readonly string[]): Line[] => {
    const lines: Line[] = [];
    for (const text of texts) {
      number += 1;
      if (text.trim() === '') continue;
      if (held) lines.push(held);
      held = { text, number, last: false };
    }
    return lines;
  };
  const chunks = createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK_BYTES, end: bytes - 1 });
  for await (const chunk of chunks as AsyncIterable<string>) {
    const texts = (rest + chunk).split('\n');
    rest = texts.pop() ?? '';
    yield take(texts);
  }
  const lines = take([rest]);
  yield held ? [...lines, { ...held, last: true }] : lines;
}
