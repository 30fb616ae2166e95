import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { readVersions } from './versions.ts';

let root: string;
before(async () => (root = await mkdtemp(path.join(os.tmpdir(), 'muster-versions-'))));
after(() => rm(root, { recursive: true }));
beforeEach(async () => {
  await write('e2e/hazards/twice.spec.ts', 'export const story = 1;');
  await write('e2e/hazards/leak.spec.ts', 'export const story = 2;');
  await write('fixtures/scene-log.ts', 'export const log = 1;');
  await write('src/product/pages/card.ts', 'export const card = 1;');
  await write('src/run/tries.ts', 'export const tries = 1;');
  await write('src/run/plan.ts', 'export const plan = 1;');
  await write('sandbox/store/rows.ts', 'export const rows = 1;');
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}

type Entries = Parameters<typeof readVersions>[1];

/** Which versions a change makes others: of clean runs, and of runs with a fault. */
async function changedBy(change: () => Promise<void> | void, entries: Entries = both): Promise<string[]> {
  const earlier = readVersions(root, both);
  await change();
  const later = readVersions(root, entries);
  return ['twice', 'leak'].flatMap((probe) =>
    [null, 'fault'].flatMap((fault) =>
      earlier({ fault, probe }) === later({ fault, probe }) ? [] : [`${probe} ${fault ?? 'clean'}`],
    ),
  );
}
const both: Entries = { twice: { setting: { pace: 1 } }, leak: {} };
const all = ['twice clean', 'twice fault', 'leak clean', 'leak fault'];

test("a probe's own story and settings decide over its own runs", async () => {
  const own = ['twice clean', 'twice fault'];
  assert.deepEqual(await changedBy(() => write('e2e/hazards/twice.spec.ts', 'export const story = 3;')), own);
  assert.deepEqual(await changedBy(() => undefined, { ...both, twice: { setting: { pace: 2 } } }), own);
  const luck = { rate: 0.5, confidence: 0.9 };
  assert.deepEqual(await changedBy(() => undefined, { ...both, twice: { setting: { pace: 1 }, luck } }), own);
});

test('what plays all probes decides over all runs, the sandbox over those with a fault', async () => {
  for (const file of ['fixtures/scene-log.ts', 'src/product/pages/card.ts', 'src/run/tries.ts'])
    assert.deepEqual(await changedBy(() => write(file, 'export const other = 1;')), all, file);
  assert.deepEqual(await changedBy(() => write('sandbox/store/rows.ts', 'export const rows = 2;')), [
    'twice fault',
    'leak fault',
  ]);
});

test('comments, types and layout, tests, and what no probe runs decide over nothing', async () => {
  assert.deepEqual(
    await changedBy(() =>
      write('src/product/pages/card.ts', '/** A card. */\nexport   const card: number = 1; // One.'),
    ),
    [],
  );
  for (const file of [
    'src/product/pages/card.test.ts',
    'sandbox/testing.ts',
    'sandbox/web/dist/a.css',
    'src/run/plan.ts',
  ])
    assert.deepEqual(await changedBy(() => write(file, 'export const other = 1;')), [], file);
});

test('a probe without a story is named', () => {
  assert.throws(() => readVersions(root, { none: {} }), /story of the probe none cannot be read.*none\.spec\.ts/);
});
