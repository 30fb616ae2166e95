/** Tells a team's webhook who is loading the product, when a run begins and when it has ended. */
import os from 'node:os';
import { readSettings, startedBy, type Settings } from './settings.ts';
import type { RunFile } from './run-file.ts';

/** A webhook that does not answer holds nobody up. */
const patienceMs = 5000;

export interface Notice {
  /** One sentence, which chat services show (Slack, Mattermost and their like read `text`). */
  readonly text: string;
  readonly event: 'begun' | 'ended';
  readonly runId: string;
  readonly product: string;
  readonly analysts: number;
  /** Who started it, and on which machine. */
  readonly by: string;
  readonly verdict?: string;
  readonly reasons?: readonly string[];
}

type Run = Pick<RunFile, 'runId' | 'target' | 'analysts'>;

/** What is said when the run begins. */
export function begun({ runId, target, analysts }: Run, by = whoAmI()): Notice {
  const product = target.kind === 'embedded' ? 'its own sandbox' : target.baseURL;
  return {
    text: `Muster ${runId}: ${by} sends ${analysts} ${analysts === 1 ? 'analyst' : 'analysts'} to ${product}.`,
    event: 'begun',
    runId,
    product,
    analysts,
    by,
  };
}

/** What is said when it has ended and everything has been deleted. */
export function ended(
  run: Run,
  { verdict, reasons }: { verdict: string; reasons: readonly string[] },
  by = whoAmI(),
): Notice {
  const notice = begun(run, by);
  return {
    ...notice,
    text: `Muster ${run.runId} on ${notice.product} has ended: ${verdict}. ${reasons[0] ?? ''}`.trimEnd(),
    event: 'ended',
    verdict,
    reasons,
  };
}

/**
 * Sends a notice to NOTIFY_URL; nothing happens without one.
 * @returns a sentence when it could not be delivered, which says nothing of the address: it is a secret. The run goes on.
 */
export async function notify(
  notice: Notice,
  { NOTIFY_URL: url }: Pick<Settings, 'NOTIFY_URL'> = readSettings(),
): Promise<string | undefined> {
  if (url === undefined) return undefined;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(notice),
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'error',
    });
    await response.body?.cancel();
    return response.ok ? undefined : `NOTIFY_URL answered ${response.status}: the team was not told.`;
  } catch (error) {
    const why =
      error instanceof Error && error.name === 'TimeoutError'
        ? `no answer within ${patienceMs / 1000} s`
        : 'it cannot be reached';
    return `NOTIFY_URL was not told (${why}).`;
  }
}

function whoAmI(): string {
  return `${startedBy()} on ${os.hostname()}`;
}
