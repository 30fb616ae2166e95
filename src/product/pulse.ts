/** Whether the product is still there: asked now and then, so that nobody watches a card for a quarter of an hour that nobody can change any more. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from '../run/plain-error.ts';

export interface Pulse {
  /** Rejects when the product is gone, with a sentence; never resolves. */
  readonly gone: Promise<never>;
  stop(): void;
}

/**
 * Feels the pulse of the product at an address. Only a refused or broken connection counts as a miss: a product that
 * answers late, or with an error, is busy or broken, and that is for the analysts to find out.
 * @param graceMs How long connections must fail, without one success, before the product counts as gone.
 */
export function feelPulse(
  baseUrl: string,
  { everyMs, graceMs }: { readonly everyMs: number; readonly graceMs: number },
): Pulse {
  const ended = new AbortController();
  const gone = new Promise<never>((_, reject) => {
    const watch = async (): Promise<void> => {
      let missingSince: number | undefined;
      while (!ended.signal.aborted) {
        const why = await refusedBecause(baseUrl, ended.signal);
        missingSince = why === undefined ? undefined : (missingSince ?? Date.now());
        if (why !== undefined && Date.now() - (missingSince ?? Infinity) >= graceMs)
          throw new PlainError(
            `The product at ${baseUrl} is gone (${why}): no connection for ${Math.round(graceMs / 1000)} s. Look at why it ended, and run again.`,
          );
        await sleep(everyMs, undefined, { signal: ended.signal });
      }
    };
    watch().catch((error: unknown) => {
      if (!ended.signal.aborted) reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
  gone.catch(() => undefined); // Whoever races against it hears of it; nobody may be racing at this moment.
  return { gone, stop: () => ended.abort() };
}

/** Why no connection came about; undefined when one did, or when it only takes long. */
async function refusedBecause(baseUrl: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(`${baseUrl}/api/health`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) return undefined;
    return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
  }
}
