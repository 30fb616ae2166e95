import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bundleFiles, datasetsFolder, pick } from './catalog.ts';
import { isOwn } from './catalog-schema.ts';
import { writeSav } from './sav/index.ts';
import { bundlesFrom } from './source.ts';

let folder: string;
let own: string;
let cache: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-own-'));
  own = path.join(folder, 'own');
  cache = path.join(folder, 'cache');
  await mkdir(path.join(own, 'tracker', 'inputs'), { recursive: true });
  await writeSav(
    path.join(own, 'tracker', 'inputs', 'tracker-wave-7.sav'),
    {
      variables: [
        { name: 'quixotic', width: 0, label: 'Quixotic brands' },
        { name: 'id', width: 0 },
      ],
    },
    [
      [1, 1],
      [2, 2],
      [1, 3],
    ],
  );
  await writeFile(path.join(own, 'tracker', 'inputs', 'survey.docx'), 'questions');
  await cp(path.join(datasetsFolder, 'files', 'coffee-loyalty'), path.join(own, 'coffee-loyalty'), { recursive: true });
  await cp(path.join(datasetsFolder, 'files', 'home-energy'), path.join(own, 'my-energy'), { recursive: true });
});
after(() => rm(folder, { recursive: true, force: true }));

const from = (names: string[] = []) => bundlesFrom({ kind: 'folder', folder: own, cache }, names);

describe('bundles of one’s own', () => {
  it('are known by what can be read in their files, and by no more', async () => {
    const [tracker] = await from(['tracker']);
    assert.ok(tracker && isOwn(tracker));
    assert.deepEqual([tracker.respondents, tracker.variables, tracker.title], [3, 2, 'tracker']);
    assert.equal(bundleFiles(tracker).data, path.join(own, 'tracker', 'inputs', 'tracker-wave-7.sav'));
    assert.equal(bundleFiles(tracker).banner, undefined);
    assert.ok(!('tables' in tracker) && !('flagged' in tracker) && !('expected' in tracker));
  });

  it('are the catalog’s when name and files are the catalog’s: everything is known of these', async () => {
    const [copy, renamed] = await from(['coffee-loyalty', 'my-energy']);
    const [original] = await pick(['coffee-loyalty']);
    assert.ok(copy && original && !isOwn(copy));
    assert.deepEqual({ ...copy, files: original.files }, original);
    assert.equal(bundleFiles(copy).data, path.join(own, 'coffee-loyalty', 'inputs', 'coffee-loyalty.sav'));
    assert.ok(renamed && isOwn(renamed));
  });

  it('are read once, as long as they stay as they are', async () => {
    await from();
    const kept = await readdir(cache);
    const file = path.join(own, 'changing', 'changing.sav');
    await mkdir(path.dirname(file));
    await writeFile(path.join(own, 'changing', 'qnr.pdf'), 'questions');
    const write = (rows: number) =>
      writeSav(
        file,
        { variables: [{ name: 'a', width: 0 }] },
        Array.from({ length: rows }, () => [1]),
      );
    await write(4);
    assert.equal((await from(['changing']))[0]?.respondents, 4);
    assert.equal((await readdir(cache)).length, kept.length + 2);
    await write(9);
    assert.equal((await from(['changing']))[0]?.respondents, 9);
    assert.equal((await readdir(cache)).length, kept.length + 2);
    await rm(path.join(own, 'changing'), { recursive: true });
  });

  it('that cannot be read are named without a word of what is in them', async () => {
    const bad = path.join(own, 'broken');
    await mkdir(bad);
    await writeFile(path.join(bad, 'quixotic.sav'), '$FL2 and nothing of the rest');
    await writeFile(path.join(bad, 'survey.docx'), 'questions');
    await assert.rejects(from(['broken']), (error: Error) => {
      assert.match(error.message, /The data file of broken is no SPSS system file/);
      return !JSON.stringify([error.message, error.cause]).includes('quixotic');
    });
    await rm(bad, { recursive: true });
  });

  it('must be there', async () => {
    await assert.rejects(
      from(['elsewhere']),
      /no bundle "elsewhere" that is ready\. There are: coffee-loyalty, my-energy, tracker\./,
    );
    await assert.rejects(
      bundlesFrom({ kind: 'folder', folder: path.join(own, 'tracker', 'inputs'), cache }, []),
      /No folder in .*inputs is a bundle/,
    );
    await assert.rejects(bundlesFrom({ kind: 'store', fetched: cache, cache }, []), /Nothing has been fetched/);
  });

  it('a folder with a catalog is known by it', async () => {
    const known = await bundlesFrom({ kind: 'folder', folder: datasetsFolder, cache }, ['ev-intent']);
    assert.ok(known[0] && !isOwn(known[0]) && known[0].tables > 0);
    assert.ok(path.isAbsolute(known[0].files.data.path));
  });
});
