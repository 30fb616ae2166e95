import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { datasetsFolder, pick } from '../../datasets/catalog.ts';
import { isOwn } from '../../datasets/catalog-schema.ts';
import { findBundles } from '../../datasets/find-bundles.ts';
import { openStore } from '../../datasets/store/client.ts';
import { uploadBundles } from '../../datasets/store/upload.ts';
import { startObjects } from '../../sandbox/objects/testing.ts';
import { bundlesOf, isPrivate, readyBundles } from './bundles.ts';
import { parseSettings } from './settings.ts';

const quiet = { pictured: false };

test('local bundles are the catalog’s, and pictures of them are nobody’s secret', async () => {
  const settings = parseSettings({ BUNDLES: 'ev-intent' });
  assert.deepEqual(await readyBundles(settings, { pictured: true }), await pick(['ev-intent']));
  assert.deepEqual(await bundlesOf(settings), await pick(['ev-intent']));
  await assert.rejects(
    bundlesOf(parseSettings({ BUNDLES: 'other' })),
    /BUNDLES cannot be used: There is no bundle "other"/,
  );
});

test('a store is asked before the first analyst, and not again', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-bundles-'));
  const objects = await startObjects(path.join(folder, 'data'));
  const { target } = objects;
  const settings = parseSettings({
    DATASETS: 'store',
    DATASETS_CACHE: path.join(folder, 'cache'),
    BUNDLES: 'coffee-loyalty, mine',
    S3_ENDPOINT: target.endpoint,
    R2_BUCKET_NAME: target.bucket,
    R2_ACCESS_KEY_ID: target.accessKeyId,
    R2_SECRET_ACCESS_KEY: target.secretAccessKey,
  });
  try {
    await assert.rejects(bundlesOf(settings), /Nothing has been fetched/);
    await assert.rejects(readyBundles(settings, quiet), /holds no dev-test\/manifest\.json/);
    for (const [from, to] of [
      ['coffee-loyalty', 'coffee-loyalty'],
      ['home-energy', 'mine'],
    ] as const)
      await cp(path.join(datasetsFolder, 'files', from), path.join(folder, 'local', to), { recursive: true });
    const store = await openStore(target);
    await uploadBundles(store, await findBundles(path.join(folder, 'local')), { say: () => undefined });
    store.close();
    const ready = await readyBundles(settings, quiet);
    assert.deepEqual(ready.map(isOwn), [false, true]);
    assert.ok(isPrivate(ready) && !isPrivate(ready.slice(0, 1)));
    assert.ok(ready.every(({ files }) => files.data.path.startsWith(path.join(folder, 'cache'))));
    await assert.rejects(readyBundles(settings, { pictured: true }), /Traces, videos and screenshots/);
  } finally {
    await objects.stop();
  }
  // Whoever reads now reads what was fetched.
  assert.deepEqual(
    (await bundlesOf(settings)).map(({ name }) => name),
    ['coffee-loyalty', 'mine'],
  );
  await assert.rejects(readyBundles(settings, quiet), /cannot be reached/);
  await rm(folder, { recursive: true, force: true });
});
