import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pino, type Logger } from 'pino';
import { makeFolder } from '../make-folder.ts';
import { SettingsError } from '../settings.ts';

export interface SandboxLog {
  readonly logger: Logger;
  /** Writes what is still in memory. */
  readonly close: () => Promise<void>;
}

/** JSON lines to a file, or nowhere. @throws SettingsError when the file cannot be written. */
export function openLog(file: string | undefined): SandboxLog {
  if (file === undefined) return { logger: pino({ level: 'silent' }), close: () => Promise.resolve() };
  try {
    makeFolder(dirname(resolve(file)));
    closeSync(openSync(file, 'a'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(`The log ${file} cannot be written (${why}). Name another file in SANDBOX_LOG, or none.`, {
      cause,
    });
  }
  const destination = pino.destination({ dest: file, append: true, sync: false });
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    destination,
  );
  return {
    logger,
    close: () =>
      new Promise((resolve) => {
        destination.once('close', resolve);
        destination.once('error', () => {
          resolve();
        });
        destination.end();
      }),
  };
}

/** The trace id of a W3C `traceparent` header, or a fresh one of the same form. */
export function correlationId(traceparent: string | string[] | undefined): string {
  const match =
    typeof traceparent === 'string' ? /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent) : null;
  return match?.[1] ?? randomBytes(16).toString('hex');
}
