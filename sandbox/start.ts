import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble, type RunningSandbox } from './assemble.ts';
import { bundleChild } from './pipeline/child-bundle.ts';
import { createPipeline } from './pipeline/index.ts';
import { completeSettings, type SandboxSettings } from './settings.ts';

export type { RunningSandbox } from './assemble.ts';

/** Where the build puts the pages. */
const dist = join(dirname(fileURLToPath(import.meta.url)), 'web', 'dist');

/**
 * Starts the sandbox on loopback, whole; resolves when it listens and has picked up unfinished work.
 * @throws SettingsError, PortTakenError, DataFolderError, PagesMissingError: each a sentence for people.
 */
export async function startSandbox(given: Partial<SandboxSettings> = {}): Promise<RunningSandbox> {
  await bundleChild();
  return assemble(completeSettings(given), { createPipeline, dist });
}
