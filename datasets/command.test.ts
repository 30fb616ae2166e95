import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startObjects } from '../sandbox/objects/testing.ts';
import { bundleFiles, datasetsFolder, loadCatalog, verifyBundle } from './catalog.ts';
import { datasetsCommand, UsageError } from './command.ts';
import { readSav } from './sav/index.ts';
import type { StoreConfig } from './store/config.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-command-'));
});
after(() => rm(folder, { recursive: true, force: true }));

let config: StoreConfig | undefined;

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await datasetsCommand(args, { say: (line) => void lines.push(line) }, () => {
    if (!config) throw new Error('no store is set');
    return config;
  });
  return lines.join('\n');
}

describe('npm run datasets', () => {
  it('makes as many bundles as asked, the same for the same seed', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    assert.match(
      await run('generate', '--seed', '11', '--count', '2', '--rows', '40', '--out', one),
      /2 bundles and their catalog/,
    );
    await run('generate', '--seed', '11', '--count', '1', '--rows', '40', '--out', two);
    const catalog = await loadCatalog(one);
    assert.equal(catalog.bundles.length, 2);
    assert.deepEqual((await loadCatalog(two)).bundles, catalog.bundles.slice(0, 1));
    for (const item of catalog.bundles) {
      await verifyBundle(item, one);
      const data = await readSav(bundleFiles(item, one).data);
      assert.equal(data.caseCount, 40);
      assert.equal(data.header.variables.length, item.variables);
    }
    assert.match(await run('verify', '--in', one), /All files of 2 bundles/);
    assert.equal((await run('list', '--in', one)).split('\n').length, 2);
    const { data } = bundleFiles(catalog.bundles[0] ?? assert.fail(), one);
    await writeFile(data, (await readFile(data)).subarray(1));
    await assert.rejects(run('verify', '--in', one), /has SHA-256/);
  });

  it('makes files of a size', async () => {
    const out = join(folder, 'size');
    await run('generate', '--seed', '3', '--mb', '2', '--out', out);
    const size = (await loadCatalog(out)).bundles[0]?.files.data.sizeBytes ?? 0;
    assert.ok(size >= 2e6 && size < 2.3e6, String(size));
  });

  it('lists and verifies the committed bundles', async () => {
    assert.match(await run('list'), /coffee-loyalty .*respondents .*tables/);
    assert.match(await run('verify'), /as the catalog says/);
  });

  it('uploads, lists and verifies what lies in the store', async () => {
    const objects = await startObjects(join(folder, 'objects'));
    config = objects.target;
    try {
      assert.match(
        await run('upload', '--dry-run'),
        /would upload dev-test\/airline-trips\/airline-trips\.sav .*MB[\s\S]*Nothing was changed/,
      );
      assert.match(
        await run('upload'),
        /Uploaded \d+ of 28 files, .*MB of .*MB \(\d+ %\)[\s\S]*10 datasets in bucket "muster" at http:.*: 28 of 28 files uploaded/,
      );
      assert.match(await run('upload'), /0 of 28 files uploaded \(0\.00 MB\), 28 were there\.$/);
      assert.match(await run('list', '--store'), /coffee-loyalty .*3 files {2}banner plan[\s\S]*10 datasets in bucket/);
      assert.match(
        await run('verify', '--store'),
        /All 28 files .* of 10 datasets .* are as manifest and checksums say/,
      );
      await assert.rejects(run('upload', join(folder, 'nowhere')), /cannot be searched for bundles/);
    } finally {
      config = undefined;
      await objects.stop();
    }
  });

  it('tells what is in a folder of one’s own, and what is wrong with it', async () => {
    const own = join(folder, 'own');
    await cp(join(datasetsFolder, 'files', 'home-energy'), join(own, 'energy'), { recursive: true });
    await cp(join(datasetsFolder, 'files', 'bad', 'wrong-magic'), join(own, 'magic'), { recursive: true });
    const told = await run('list', '--in', own);
    assert.match(told, /energy +0\.16 MB +560 respondents +54 variables {2}no banner plan/);
    assert.match(told, /magic .*cannot be read: .*byte 0/);
  });

  it('explains a wrong invocation', async () => {
    await assert.rejects(run(), (error: Error) => error instanceof UsageError && /generate/.test(error.message));
    await assert.rejects(
      run('load'),
      (error: Error) => error instanceof UsageError && /no sub-command "load"[\s\S]*verify/.test(error.message),
    );
    await assert.rejects(
      run('generate', '--count', 'many'),
      /--count must be a whole number from 1 to 1000, not "many"/,
    );
    await assert.rejects(run('generate', '--size', '3'), UsageError);
    await assert.rejects(run('list', '--store', '--in', folder), /either --in or --store/);
    await assert.rejects(run('upload'), /no store is set/);
    await assert.rejects(run('generate', '--rows', '10', '--mb', '3'), /either --rows or --mb/);
  });
});
