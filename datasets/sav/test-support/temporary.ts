/** A folder for one test file's products, removed when its tests are over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** Makes the folder and registers its removal; returns its path. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-sav-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
