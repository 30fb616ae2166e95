/** What became of each analyst, from their own records. */
import type { MusterEvent } from '../telemetry/events.ts';

export interface AnalystAccount {
  analyst: string;
  organization?: string;
  bundle?: string;
  /** `unfinished`: began and was never heard to finish. `absent`: expected, and never heard of. */
  outcome: 'ok' | 'failed' | 'unfinished' | 'absent';
  error?: string;
  /** Left the start line and ended the last step, milliseconds since 1970. */
  startedAt?: number;
  lastStepEndedAt?: number;
  /** The step recorded last: for an unfinished analyst, the last that is known. */
  lastStep?: string;
  /** Page-load vitals of which there is not one measured sample. */
  lacks: ('LCP' | 'INP')[];
}

/**
 * Folds events into one account an analyst: everybody expected, and whoever was heard of besides, by name.
 * Records of a later attempt outweigh those of an earlier one.
 */
export function accountAnalysts(events: readonly MusterEvent[], expected: readonly string[]): AnalystAccount[] {
  const byAnalyst = new Map<string, MusterEvent[]>(expected.map((analyst) => [analyst, []]));
  for (const event of events) {
    // A record of the run itself, such as teardown's, has an analyst field as well; an analyst is who began.
    if (event.type === 'analyst' && !byAnalyst.has(event.analyst)) byAnalyst.set(event.analyst, []);
  }
  for (const event of events) byAnalyst.get(event.analyst)?.push(event);
  return [...byAnalyst].sort(([a], [b]) => (a < b ? -1 : 1)).map(([analyst, own]) => accountOf(analyst, own));
}

/** What became of an analyst who did not finish, to be read after the name: a sentence. */
export function fateOf({ outcome, error, lastStep }: AnalystAccount): string {
  if (outcome === 'failed') return `failed: ${error ?? 'without a reason'}`;
  if (outcome === 'absent') return 'left no record at all.';
  return `never finished${lastStep === undefined ? '' : `; the last step recorded is ${lastStep}`}.`;
}

function accountOf(analyst: string, all: readonly MusterEvent[]): AnalystAccount {
  const attempt = all.reduce((latest, event) => Math.max(latest, event.attempt), -Infinity);
  const events = all.filter((event) => event.attempt === attempt).sort((a, b) => a.at - b.at);
  const account: AnalystAccount = { analyst, outcome: all.length === 0 ? 'absent' : 'unfinished', lacks: [] };
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === 'analyst') {
      if (event.organization !== undefined) account.organization = event.organization;
      if (event.bundle !== undefined) account.bundle = event.bundle;
      if (event.phase === 'started') account.startedAt = event.at;
      if (event.phase === 'finished') {
        account.outcome = event.outcome ?? 'failed';
        if (event.error !== undefined) account.error = event.error;
      }
    } else if (event.type === 'step') {
      account.lastStep = event.name;
      account.lastStepEndedAt = Math.max(account.lastStepEndedAt ?? 0, event.endedAt);
    } else if (event.type === 'vital' && event.measured && (event.name === 'INP' || event.kind === 'hard')) {
      seen.add(event.name);
    }
  }
  account.lacks = (['LCP', 'INP'] as const).filter((name) => !seen.has(name));
  return account;
}
