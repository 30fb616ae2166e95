import type { Sql } from '../../store/database.ts';
import { nowS } from './records.ts';

export interface Bucket {
  readonly name: string;
  /** Seconds since 1970. */
  readonly createdAtS: number;
}

export interface Buckets {
  /** By name. */
  all(): Bucket[];
  has(name: string): boolean;
  /** False: there was one already. */
  create(name: string): boolean;
  /** `'not-empty'`: it holds objects, or uploads that have not ended. */
  remove(name: string): 'removed' | 'missing' | 'not-empty';
}

export function openBuckets(sql: Sql): Buckets {
  const all = sql.prepare<{ name: string; created_at: number }>('SELECT name, created_at FROM buckets ORDER BY name');
  const insert = sql.prepare('INSERT OR IGNORE INTO buckets VALUES (?, ?)');
  const drop = sql.prepare('DELETE FROM buckets WHERE name = ?');
  const held = sql.prepare<{ n: number }>(
    'SELECT EXISTS (SELECT 1 FROM objects WHERE bucket = ?1) + EXISTS (SELECT 1 FROM uploads WHERE bucket = ?1) AS n',
  );
  const one = sql.prepare<{ name: string }>('SELECT name FROM buckets WHERE name = ?');
  const has = (name: string): boolean => one.get(name) !== undefined;

  return {
    all: () => all.all().map(({ name, created_at }) => ({ name, createdAtS: created_at })),
    has,
    create: (name) => insert.run(name, nowS()) === 1,
    remove: (name) => {
      if (!has(name)) return 'missing';
      if (held.get(name)?.n !== 0) return 'not-empty';
      drop.run(name);
      return 'removed';
    },
  };
}
