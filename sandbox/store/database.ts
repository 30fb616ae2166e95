import Database from 'libsql';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { migrations } from './schema.ts';
import { makeFolder } from '../make-folder.ts';

export type SqlValue = string | number | null;

/** A prepared statement whose rows the caller has typed after the columns it selects. */
export interface Statement<Row> {
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
  /** How many rows it changed. */
  run(...values: SqlValue[]): number;
}

export interface Sql {
  prepare<Row = never>(text: string): Statement<Row>;
  exec(text: string): void;
  close(): void;
}

/** A folder that cannot be used; the message says why and what to do. */
export class DataFolderError extends Error {}

/** Makes sure that a folder is there and can be written to. @throws DataFolderError */
export function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DataFolderError(
      `The data folder ${folder} cannot be used (${why}). Name one in SANDBOX_DATA that can be written to.`,
      { cause },
    );
  }
}

/**
 * Opens (or makes) a database in a folder and brings it to the newest of its versions. One process at a time: the lock
 * goes with the process, however it ends.
 * @throws DataFolderError when it cannot be written to, when another process has it open, or when a newer version of the sandbox wrote it.
 */
export function openDatabase(folder: string, file = 'sandbox.db', versions = migrations): Sql {
  prepareFolder(folder);
  const db = new Database(join(folder, file));
  const sql: Sql = {
    prepare: <Row>(text: string): Statement<Row> => {
      const statement = db.prepare(text);
      return {
        get: (...values) => statement.get(...values) as Row | undefined,
        all: (...values) => statement.all(...values) as Row[],
        run: (...values) => statement.run(...values).changes,
      };
    },
    exec: (text) => {
      db.exec(text);
    },
    close: () => {
      // Prepared statements keep the connection, and so its lock, until they are collected: give the lock up first.
      for (const pragma of ['journal_mode = DELETE', 'locking_mode = NORMAL', 'user_version'])
        db.prepare(`PRAGMA ${pragma}`).all();
      db.close();
    },
  };
  try {
    sql.exec('PRAGMA locking_mode = EXCLUSIVE');
    sql.prepare('PRAGMA journal_mode = WAL').all();
    sql.exec('PRAGMA synchronous = NORMAL');
    sql.exec('PRAGMA foreign_keys = ON');
    migrate(sql, versions);
  } catch (error) {
    db.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') {
      throw new DataFolderError(
        `The data folder ${folder} is in use by another process. Stop that sandbox first, or name another folder in SANDBOX_DATA.`,
        { cause: error },
      );
    }
    throw error;
  }
  return sql;
}

function migrate(sql: Sql, versions: readonly string[]): void {
  const version = sql.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
  if (version > versions.length) {
    throw new DataFolderError(
      `The data folder was written by a newer sandbox (version ${version}, this one knows ${versions.length}). Update, or name another folder in SANDBOX_DATA.`,
    );
  }
  sql.exec('BEGIN EXCLUSIVE');
  try {
    for (const migration of versions.slice(version)) sql.exec(migration);
    sql.exec(`PRAGMA user_version = ${versions.length}`);
    sql.exec('COMMIT');
  } catch (error) {
    sql.exec('ROLLBACK');
    throw error;
  }
}
