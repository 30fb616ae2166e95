import { randomBytes } from 'node:crypto';
import { pino, type Logger } from 'pino';

export interface SandboxLog {
  readonly logger: Logger;
  /** Writes what is still in memory. */
  readonly close: () => Promise<void>;
}

/** JSON lines to a file, or nowhere. */
export function openLog(file: string | undefined): SandboxLog {
  if (file === undefined) return { logger: pino({ level: 'silent' }), close: () => Promise.resolve() };
  const destination = pino.destination({ dest: file, mkdir: true, append: true, sync: false });
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
