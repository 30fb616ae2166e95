/**
 * Appending events. Each line is one write to a file opened for appending, so lines of several processes never mix;
 * whatever does not fit the schema or cannot be written throws.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { eventBodySchema, type EventBody } from './events.ts';

export interface RecorderOptions {
  /** Made with its folders when it is not there. */
  readonly file: string;
  readonly runId: string;
  readonly shard?: number;
  readonly analyst: string;
  /** 1 for the first try of an analyst. */
  readonly attempt: number;
}

export interface Recorder {
  /** Appends an event, stamped with the time. @throws Error when it does not fit the schema or the disk refuses it. */
  record(body: EventBody): void;
  /** Closes the file; closing twice is harmless, recording afterwards throws. */
  close(): void;
}

/** Opens an analyst's event file. @throws Error when the folder cannot be written to. */
export function openRecorder({ file, runId, shard, analyst, attempt }: RecorderOptions): Recorder {
  mkdirSync(path.dirname(file), { recursive: true });
  const base = { v: 1, runId, ...(shard === undefined ? {} : { shard }), analyst, attempt } as const;
  let descriptor: number | undefined = openSync(file, 'a');
  return {
    record(body) {
      const parsed = eventBodySchema.safeParse(body);
      if (!parsed.success)
        throw new Error(
          `An event of ${analyst} does not fit the schema: ${z.prettifyError(parsed.error)} in ${JSON.stringify(body)?.slice(0, 300)}`,
        );
      if (descriptor === undefined)
        throw new Error(`An event of ${analyst} (${body.type}) came after its recorder was closed.`);
      const line = Buffer.from(`${JSON.stringify({ ...base, at: Date.now(), ...parsed.data })}\n`);
      const written = writeSync(descriptor, line);
      if (written !== line.length)
        throw new Error(`${file} took ${written} of ${line.length} bytes of an event: is the disk full?`);
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}
