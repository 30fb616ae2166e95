import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Account } from './ports.ts';
import { prepareFolder } from './store/index.ts';

const temporary = /^muster-sandbox-(\d+)-/;

export interface DataFolder {
  readonly path: string;
  readonly isTemporary: boolean;
  /** Takes a temporary folder away; leaves a named one. */
  readonly remove: () => void;
}

/**
 * The named folder, or a fresh temporary one. Temporary folders of sandboxes that were killed are taken away on the way.
 * @throws DataFolderError when the named folder cannot be written to.
 */
export function openDataFolder(named: string | undefined): DataFolder {
  if (named !== undefined) {
    const path = resolve(named);
    prepareFolder(path);
    return { path, isTemporary: false, remove: () => undefined };
  }
  const base = realpathSync(tmpdir());
  for (const name of readdirSync(base)) {
    const owner = Number(temporary.exec(name)?.[1]);
    if (owner > 0 && !isAlive(owner)) rmSync(join(base, name), { recursive: true, force: true });
  }
  const path = mkdtempSync(join(base, `muster-sandbox-${process.pid}-`));
  return {
    path,
    isTemporary: true,
    remove: () => {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Writes the accounts for the harness to read; only for the owner's eyes, for it holds the passwords. */
export function writeAccounts(folder: string, accounts: readonly Account[]): string {
  const file = join(folder, 'accounts.json');
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  return file;
}
