import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and what it lies in. Node's own recursion never ends where the kernel lets nobody make one, as below /proc.
 * @throws the file system's error, also when something else than a folder stands there.
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
