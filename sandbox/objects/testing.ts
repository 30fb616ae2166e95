/** For tests: an object store of its own on loopback. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { listen } from '../listen.ts';
import type { CheckTarget } from './checks/index.ts';
import { createObjectServer } from './server.ts';
import { firstBucket, openObjects, type ObjectStore } from './store/index.ts';

export interface RunningObjects {
  readonly store: ObjectStore;
  readonly target: CheckTarget;
  /** Names of the files that hold objects and parts. */
  files(): string[];
  stop(): Promise<void>;
}

export async function startObjects(
  folder: string,
  options: { largestBytes?: number; now?: () => number } = {},
): Promise<RunningObjects> {
  const credentials = { accessKeyId: 'tester', secretAccessKey: 'tester/secret+' };
  const store = openObjects(folder, options);
  const server = createObjectServer({ store, credentials, logger: pino({ level: 'silent' }), ...options });
  const endpoint = await listen(server, 0, 'SANDBOX_OBJECTS_PORT');
  return {
    store,
    target: { endpoint, region: 'us-east-1', bucket: firstBucket, prefix: '', ...credentials },
    files: () => readdirSync(join(folder, 'objects', 'files')),
    stop: async () => {
      await server.close();
      store.close();
    },
  };
}
