import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../ports.ts';
import type { Sql } from './database.ts';

export type Announce = (change: Omit<Change, 'ts'>) => void;

export interface Commits {
  /**
   * Runs `work` in one transaction, then tells the listeners of each change it announced; nothing is told when it throws.
   * Changes of one transaction share its commit time, and each is told once. A write inside a write joins the outer transaction.
   */
  write<T>(work: (announce: Announce) => T): T;
  readonly latestTs: bigint;
  onCommit(listener: (change: Change) => void): () => void;
}

/** How far the fine clock may stray from the wall clock before it is set again, in milliseconds. */
const strayMs = 2;

/** Wall-clock time in nanoseconds since 1970, with microseconds that `Date.now` lacks. */
function wallClock(): () => bigint {
  let offset = Date.now() - performance.now();
  return () => {
    const wall = Date.now();
    if (Math.abs(offset + performance.now() - wall) > strayMs) offset = wall - performance.now();
    return BigInt(Math.round((offset + performance.now()) * 1000)) * 1000n;
  };
}

/**
 * The one place that writes. Commit times are wall-clock nanoseconds, strictly increasing also across restarts and when
 * the clock is set back.
 * @param report hears of a listener that threw: the commit stands, and the other listeners are still told.
 */
export function openCommits(sql: Sql, report: (error: unknown) => void): Commits {
  const readTs = sql.prepare<{ value: string }>(`SELECT value FROM meta WHERE key = 'commit-ts'`);
  const writeTs = sql.prepare(
    `INSERT INTO meta VALUES ('commit-ts', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
  );
  const now = wallClock();
  const listeners = new Set<(change: Change) => void>();
  let latestTs = BigInt(readTs.get()?.value ?? '0');
  let open: Announce | undefined;

  function tell(changes: readonly Omit<Change, 'ts'>[], ts: bigint): void {
    for (const change of changes) {
      for (const listener of [...listeners]) {
        try {
          listener({ ...change, ts });
        } catch (error) {
          report(error);
        }
      }
    }
  }

  return {
    write: (work) => {
      if (open !== undefined) return work(open);
      const changes: Omit<Change, 'ts'>[] = [];
      let ts = latestTs;
      let result;
      sql.exec('BEGIN IMMEDIATE');
      open = (change) => {
        if (!changes.some((known) => isDeepStrictEqual(known, change))) changes.push(change);
      };
      try {
        result = work(open);
        if (changes.length > 0) {
          const wall = now();
          ts = wall > latestTs ? wall : latestTs + 1n;
          writeTs.run(ts.toString());
        }
        sql.exec('COMMIT');
      } catch (error) {
        sql.exec('ROLLBACK');
        throw error;
      } finally {
        open = undefined;
      }
      latestTs = ts;
      tell(changes, ts);
      return result;
    },
    get latestTs() {
      return latestTs;
    },
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
