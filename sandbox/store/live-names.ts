import { DataFolderError, type Sql } from './database.ts';

/** The database's own guard behind the store's check: no two live projects of an organisation have one name. */
export function guardLiveNames(sql: Sql, wanted: boolean): void {
  try {
    sql.exec(
      wanted
        ? 'CREATE UNIQUE INDEX IF NOT EXISTS live_names ON projects(org_id, name_key) WHERE is_deleted = 0'
        : 'DROP INDEX IF EXISTS live_names',
    );
  } catch (cause) {
    throw new DataFolderError(
      'The data folder holds live projects of one name, which the fault duplicate-name let in. Start with that fault, or name another folder in SANDBOX_DATA.',
      { cause },
    );
  }
}
