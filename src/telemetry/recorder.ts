/**
 * Appending events. Each line is one write to a file opened for appending, so lines of several processes never mix;
 * whatever does not fit the schema or cannot be written throws.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { changeFile, isElsewhere } from './rotation.ts';
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
  /** A file that has grown so large is put aside and another begun. */
  readonly rotateBytes?: number;
}

/** A day of an analyst is some 50 MB. */
const defaultRotateBytes = 256_000_000;
/** How often a writer looks whether its file has grown too large, or was put aside by another. */
const lookEvery = 200;

export interface Recorder {
  /** Appends an event, stamped with the time. @throws Error when it does not fit the schema or the disk refuses it. */
  record(body: EventBody): void;
  /** Closes the file; closing twice is harmless, recording afterwards throws. */
  close(): void;
}

/** Opens an analyst's event file. @throws Error when the folder cannot be written to. */
export function openRecorder({
  file,
  runId,
  shard,
  analyst,
  attempt,
  rotateBytes = defaultRotateBytes,
}: RecorderOptions): Recorder {
  mkdirSync(path.dirname(file), { recursive: true });
  const base = { v: 1, runId, ...(shard === undefined ? {} : { shard }), analyst, attempt } as const;
  let descriptor: number | undefined = openSync(file, 'a');
  let lines = 0;
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
      lines += 1;
      if (lines % lookEvery === 0 && isElsewhere(file, descriptor, rotateBytes))
        descriptor = changeFile(file, descriptor, rotateBytes);
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
