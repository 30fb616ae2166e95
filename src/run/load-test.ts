/** The product's own load test, driven as a test of its own: with which datasets, how far it may go, and what its answers mean. */
import path from 'node:path';
import { datasetsFolder } from '../../datasets/catalog.ts';
import { findBundles, type FoundBundle } from '../../datasets/find-bundles.ts';
import { openStore } from '../../datasets/store/client.ts';
import { uploadBundles } from '../../datasets/store/upload.ts';
import { embeddedConfig } from './bundles.ts';
import { brokenCeilings, hourMs } from './ceilings.ts';
import { launchesSince } from './launch-history.ts';
import type { Settings } from './settings.ts';

/** So many bundles of those there are, the first ones again under other names when there are fewer. */
export function asManyAs(count: number, bundles: readonly FoundBundle[]): FoundBundle[] {
  if (bundles.length === 0) return [];
  return Array.from({ length: count }, (_, place) => {
    const bundle = bundles[place % bundles.length] as FoundBundle; // There is at least one.
    const turn = Math.floor(place / bundles.length) + 1;
    return turn === 1 ? bundle : { ...bundle, name: `${bundle.name}-${turn}` };
  });
}

/** Puts so many datasets into the embedded product's store, of the bundles that come with the project. */
export async function fillEmbeddedStore(count: number): Promise<void> {
  const bundles = (await findBundles(path.join(datasetsFolder, 'files'))).filter(({ ready }) => ready);
  const store = await openStore(embeddedConfig());
  try {
    await uploadBundles(store, asManyAs(count, bundles), { say: () => undefined });
  } finally {
    store.close();
  }
}

/** @throws an Error: every ceiling of an attached product that so many launches would break. */
export async function holdToCeilings(launches: number, baseUrl: string, settings: Settings): Promise<void> {
  const now = Date.now();
  const broken = brokenCeilings(settings, {
    estimate: { analysts: launches, launches, cost: launches * settings.COST_PER_RUN },
    probes: false,
    earlier: await launchesSince(settings.RESULTS_DIR, baseUrl, now - hourMs),
    now,
  });
  if (broken.length > 0) throw new Error(broken.join('\n'));
}

/** The product tells of refused launches in words; their status, or undefined when the launch may have been accepted all the same. */
export function refusalStatus(words: string): number | undefined {
  if (/\b429\b|Too many requests/.test(words)) return 429;
  if (/already exists/.test(words)) return 409;
  if (/^(Dataset ".*" not found|Missing required|Invalid)|is not in the store$|too large/.test(words)) return 400;
  const status = Number(/^HTTP (\d{3})$/.exec(words)?.[1]);
  return status >= 400 && status < 500 ? status : undefined;
}
