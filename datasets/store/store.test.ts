import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { startObjects } from '../../sandbox/objects/testing.ts';
import { findBundles } from '../find-bundles.ts';
import { cacheOf, cachedPath, fetchDatasets, readList } from './cache.ts';
import { openStore } from './client.ts';
import { refuseUnsafeEndpoint } from './config.ts';
import { manifestKey, manifestSchema, readManifest } from './manifest.ts';
import { listener, openStoreLab, putBundle, type LabServer, type StoreLab } from './testing.ts';
import { uploadBundles } from './upload.ts';
import { verifyStore } from './verify.ts';

let lab: StoreLab;
let local: string;
beforeEach(async () => {
  lab = await openStoreLab(startServer);
  local = path.join(lab.folder, 'local');
  await putBundle(local, 'alpha', {
    'alpha.sav': randomBytes(300_000),
    'alpha survey.docx': 'questions',
    'banner.pdf': 'plan',
  });
  await putBundle(local, 'bêta', { 'b.sav': randomBytes(5000), 'QNR.pdf': 'questions' });
  await putBundle(local, 'unready', { 'only.sav': 'data' });
});
afterEach(() => lab.close());

const upload = async (options = {}) => uploadBundles(lab.store, await findBundles(local), listener(), options);
const cache = (): string => cacheOf(path.join(lab.folder, 'cache'), lab.config);
const fetchAll = (names: string[] = []) => fetchDatasets(lab.store, names, cache(), listener());
const puts = (): string[] => lab.asked.filter((each) => each.startsWith('PUT'));
const key = 'dev-test/alpha/alpha.sav';

describe('upload', () => {
  it('puts what is ready, and its manifest last, in the shape that the product reads', async () => {
    const voice = listener();
    const done = await uploadBundles(lab.store, await findBundles(local), voice, { now: () => new Date(0) });
    assert.deepEqual([done.files, done.sent, done.pruned], [5, 5, 0]);
    assert.equal(puts().at(-1), `PUT ${manifestKey}`);
    assert.match(voice.lines.join('\n'), /unready is left out: it has no survey document/);
    const manifest = JSON.parse((await lab.store.text(manifestKey)) ?? '') as unknown;
    assert.deepEqual(manifest, {
      version: 1,
      generatedAt: '1970-01-01T00:00:00.000Z',
      datasets: [
        {
          name: 'alpha',
          ready: true,
          hasBanner: true,
          files: [
            { filename: 'alpha.sav', role: 'sav', r2Key: key, sizeBytes: 300_000 },
            { filename: 'banner.pdf', role: 'banner', r2Key: 'dev-test/alpha/banner.pdf', sizeBytes: 4 },
            { filename: 'alpha survey.docx', role: 'survey', r2Key: 'dev-test/alpha/alpha survey.docx', sizeBytes: 9 },
          ],
        },
        {
          name: 'bêta',
          ready: true,
          hasBanner: false,
          files: [
            { filename: 'b.sav', role: 'sav', r2Key: 'dev-test/bêta/b.sav', sizeBytes: 5000 },
            { filename: 'QNR.pdf', role: 'survey', r2Key: 'dev-test/bêta/QNR.pdf', sizeBytes: 9 },
          ],
        },
      ],
    });
    const facts = await lab.store.head(key);
    const data = await readFile(path.join(local, 'alpha', 'alpha.sav'));
    assert.equal(facts?.sha256, createHash('sha256').update(data).digest('hex'));
  });

  it('sends what is new or changed, and nothing else', async () => {
    await upload();
    lab.asked.length = 0;
    assert.equal((await upload()).sent, 0);
    assert.deepEqual(puts(), [`PUT ${manifestKey}`]);
    // As large as before: only the checksum tells.
    await writeFile(path.join(local, 'alpha', 'banner.pdf'), 'PLAN');
    lab.asked.length = 0;
    assert.equal((await upload()).sent, 1);
    assert.deepEqual(puts(), ['PUT dev-test/alpha/banner.pdf', `PUT ${manifestKey}`]);
  });

  it('goes on where an earlier one was broken off, whose manifest was never written', async () => {
    const broken = { ...lab.store, put: failingAt('dev-test/bêta/b.sav') };
    await assert.rejects(uploadBundles(broken, await findBundles(local), listener()), /broken off/);
    assert.equal(await lab.store.text(manifestKey), undefined);
    const there = (await lab.store.list('dev-test/')).length;
    assert.ok(there > 0, 'something should have arrived before');
    assert.equal((await upload()).sent, 5 - there);
  });

  it('sends large files in parts', async () => {
    const data = randomBytes(18 * 1024 * 1024);
    await putBundle(local, 'large', { 'large.sav': data, 'survey.docx': 'questions' });
    await upload();
    assert.ok(lab.asked.filter((each) => each === 'PUT dev-test/large/large.sav').length > 1, lab.asked.join('\n'));
    await fetchAll(['large']);
    assert.deepEqual(await readFile(cachedPath(cache(), 'large', 'large.sav')), data);
    await verifyStore(lab.store, listener());
  });

  it('tries out without changing anything, and prunes when it is told to', async () => {
    await upload();
    await rm(path.join(local, 'bêta'), { recursive: true });
    await putBundle(local, 'gamma', { 'c.sav': 'data', 'survey.pdf': 'questions' });
    lab.asked.length = 0;
    const voice = listener();
    await uploadBundles(lab.store, await findBundles(local), voice, { dryRun: true, prune: true });
    assert.deepEqual(puts(), []);
    assert.match(
      voice.lines.join('\n'),
      /would upload dev-test\/gamma\/c\.sav[\s\S]*would delete dev-test\/bêta\/b\.sav/,
    );
    assert.equal((await upload()).pruned, 0);
    assert.equal((await upload({ prune: true })).pruned, 2);
    const left = (await lab.store.list('dev-test/')).map((each) => each.key).sort();
    assert.deepEqual(
      left.filter((each) => each.includes('bêta')),
      [],
    );
    assert.equal(left.length, 6);
  });

  it('says what is wrong with the store', async () => {
    const wrong = async (change: object) => {
      const store = await openStore({ ...lab.config, ...change });
      const bundles = await findBundles(local);
      await uploadBundles(store, bundles, listener()).finally(() => store.close());
    };
    await assert.rejects(
      wrong({ secretAccessKey: 'other' }),
      /refuses the key \(SignatureDoesNotMatch\).*R2_SECRET_ACCESS_KEY/,
    );
    await assert.rejects(wrong({ accessKeyId: 'other' }), /refuses the key \(InvalidAccessKeyId\).*R2_ACCESS_KEY_ID/);
    await assert.rejects(wrong({ bucket: 'nowhere' }), /no bucket "nowhere" at http:.*R2_BUCKET_NAME/);
    await assert.rejects(wrong({ endpoint: 'http://127.0.0.1:9' }), /cannot be reached.*ECONNREFUSED.*S3_ENDPOINT/);
    await assert.rejects(uploadBundles(lab.store, [], listener()), /no bundle to upload/);
    assert.match(refuseUnsafeEndpoint('http://store.example.org') ?? '', /unencrypted/);
    assert.equal(refuseUnsafeEndpoint('https://store.example.org'), undefined);
  });
});

describe('fetching', () => {
  it('brings the datasets that are asked for, once', async () => {
    await upload();
    const first = await fetchAll(['bêta']);
    assert.deepEqual([first.fetched, first.fetchedBytes], [2, 5009]);
    assert.deepEqual(
      await readFile(cachedPath(cache(), 'bêta', 'b.sav')),
      await readFile(path.join(local, 'bêta', 'b.sav')),
    );
    lab.asked.length = 0;
    assert.equal((await fetchAll(['bêta'])).fetched, 0);
    assert.deepEqual(
      lab.asked.filter((each) => each.startsWith('GET')),
      [`GET ${manifestKey}`],
    );
    assert.deepEqual(
      (await readList(cache())).map(({ name }) => name),
      ['bêta'],
    );
    await fetchAll(['alpha']);
    const names = async (): Promise<string[]> => (await readList(cache())).map(({ name }) => name);
    assert.deepEqual(await names(), ['bêta', 'alpha'], 'another run may be reading of the first one');
    await fetchAll();
    assert.deepEqual(await names(), ['alpha', 'bêta']);
    await assert.rejects(fetchAll(['other']), /no dataset "other"\. It has: alpha, bêta\./);
  });

  it('fetches anew what was altered here, and what is another in the store', async () => {
    await upload();
    await fetchAll();
    await writeFile(cachedPath(cache(), 'alpha', 'banner.pdf'), 'PLAN');
    assert.equal((await fetchAll()).fetched, 1);
    assert.equal(await readFile(cachedPath(cache(), 'alpha', 'banner.pdf'), 'utf8'), 'plan');
    await writeFile(path.join(local, 'alpha', 'banner.pdf'), 'other');
    await upload();
    assert.equal((await fetchAll()).fetched, 1);
    assert.equal(await readFile(cachedPath(cache(), 'alpha', 'banner.pdf'), 'utf8'), 'other');
  });

  it('goes on where a download broke off, within one call', async () => {
    await upload();
    lab.cut(key, 100_000, 2);
    lab.asked.length = 0;
    await fetchAll(['alpha']);
    assert.equal(lab.asked.filter((each) => each === `GET ${key}`).length, 3);
    assert.deepEqual(
      await readFile(cachedPath(cache(), 'alpha', 'alpha.sav')),
      await readFile(path.join(local, 'alpha', 'alpha.sav')),
    );
  });

  it('and in the next call, when the line stays broken; until then there is no file of that name', async () => {
    await upload();
    await assert.rejects(fetchDatasets(endingAt(50_000), ['alpha'], cache(), listener()), (error: Error) => {
      assert.match(error.message, /fetching a file of alpha \(50000 of 300000 bytes are here\).*ECONNRESET/);
      return !error.message.includes('alpha.sav');
    });
    const folder = path.dirname(cachedPath(cache(), 'alpha', 'alpha.sav'));
    assert.equal((await stat(await partIn(folder))).size, 50_000);
    await assert.rejects(stat(path.join(folder, 'alpha.sav')), /ENOENT/);
    await assert.rejects(readList(cache()), /Nothing has been fetched/);
    const froms: number[] = [];
    const store = { ...lab.store, bytes: spying(froms) };
    await fetchDatasets(store, ['alpha'], cache(), listener());
    assert.deepEqual(froms, [50_000]);
    assert.deepEqual(
      await readFile(cachedPath(cache(), 'alpha', 'alpha.sav')),
      await readFile(path.join(local, 'alpha', 'alpha.sav')),
    );
  });

  it('a part that was damaged meanwhile is found out, and taken away', async () => {
    await upload();
    await assert.rejects(fetchDatasets(endingAt(50_000), ['alpha'], cache(), listener()), /bytes are here/);
    const folder = path.dirname(cachedPath(cache(), 'alpha', 'alpha.sav'));
    await writeFile(await partIn(folder), randomBytes(50_000));
    await assert.rejects(fetchAll(['alpha']), /a file of alpha has the SHA-256 .* the store says/);
    assert.equal((await fetchAll(['alpha'])).fetched, 1);
    assert.deepEqual(await readdir(folder), ['alpha survey.docx', 'alpha.sav', 'banner.pdf']);
  });

  it('objects of another uploader, without a checksum of ours, are held to what the store tells', async () => {
    await upload();
    await lab.store.putText('dev-test/bêta/QNR.pdf', 'questions');
    assert.equal((await lab.store.head('dev-test/bêta/QNR.pdf'))?.sha256, undefined);
    assert.equal((await fetchAll(['bêta'])).fetched, 2);
    assert.equal((await fetchAll(['bêta'])).fetched, 0);
    await lab.store.putText('dev-test/bêta/QNR.pdf', 'QUESTIONS');
    assert.equal((await fetchAll(['bêta'])).fetched, 1);
    assert.equal((await verifyStore(lab.store, listener())).unsigned, 1);
  });

  it('says what the store lacks', async () => {
    await assert.rejects(fetchAll(), /holds no dev-test\/manifest\.json: upload bundles first/);
    await upload();
    await lab.store.delete('dev-test/bêta/b.sav');
    await assert.rejects(fetchAll(), /a file of bêta that the store does not have/);
    await lab.store.putText('dev-test/bêta/b.sav', 'short');
    await assert.rejects(fetchAll(), /a file of bêta has 5 bytes, the manifest says 5000: an upload was broken off/);
    await lab.store.putText(manifestKey, '{"version":2}');
    await assert.rejects(fetchAll(), /no manifest of version 1/);
  });
});

describe('verify', () => {
  it('reads every object to its end', async () => {
    await upload();
    assert.deepEqual(await verifyStore(lab.store, listener()), { datasets: 2, files: 5, bytes: 305_022, unsigned: 0 });
    await lab.store.delete('dev-test/bêta/b.sav');
    const data = await readFile(path.join(local, 'alpha', 'alpha.sav'));
    // As large as it says, and with the checksum of what it should be.
    const sha256 = createHash('sha256').update(data).digest('hex');
    const other = path.join(lab.folder, 'other');
    await writeFile(other, randomBytes(data.length));
    await assert.rejects(
      lab.store.put({ key, path: other, sizeBytes: data.length, sha256 }, () => undefined),
      /damaged/,
    );
    await assert.rejects(verifyStore(lab.store, listener()), /a file of bêta that the store does not have/);
  });
});

describe('the manifest', () => {
  const file = { filename: 'a.sav', role: 'sav', r2Key: 'dev-test/a/a.sav', sizeBytes: 1 };
  const dataset = { name: 'a', ready: true, hasBanner: false, files: [file] };
  const manifest = { version: 1, generatedAt: new Date(0).toISOString(), datasets: [dataset] };

  it('names nothing that could become another place on this machine', () => {
    assert.ok(manifestSchema.safeParse(manifest).success);
    for (const change of [
      { ...dataset, name: '..' },
      { ...dataset, name: 'a/b' },
      { ...dataset, files: [{ ...file, filename: '../a.sav', r2Key: 'dev-test/a/../a.sav' }] },
      { ...dataset, files: [{ ...file, r2Key: 'dev-test/b/a.sav' }] },
    ])
      assert.ok(!manifestSchema.safeParse({ ...manifest, datasets: [change] }).success, JSON.stringify(change));
    assert.throws(() => readManifest('no', 'It'), /It is no manifest of version 1 \(it is not JSON\)/);
  });
});

/** A store's `put` that breaks off at one key, after some others. */
function failingAt(broken: string): StoreLab['store']['put'] {
  return async (file, sent) => {
    if (file.key === broken) throw new Error('broken off');
    await lab.store.put(file, sent);
  };
}

/** A store whose large object never goes on beyond so many bytes. */
function endingAt(bytes: number): StoreLab['store'] {
  return {
    ...lab.store,
    async bytes(name, version) {
      if (name !== key) return lab.store.bytes(name, version);
      const data = await readFile(path.join(local, 'alpha', 'alpha.sav'));
      return Readable.from(
        (function* () {
          if (version.from < bytes) yield data.subarray(version.from, bytes);
          throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
        })(),
      );
    },
  };
}

/** Notes from where the large object is asked for. */
function spying(froms: number[]): StoreLab['store']['bytes'] {
  return (name, version) => {
    if (name === key) froms.push(version.from);
    return lab.store.bytes(name, version);
  };
}

async function partIn(folder: string): Promise<string> {
  const part = (await readdir(folder)).find((name) => name.endsWith('.part'));
  return path.join(folder, part ?? assert.fail('there is no part'));
}

/** The sandbox's own server of objects. */
async function startServer(folder: string): Promise<LabServer> {
  const objects = await startObjects(folder);
  const { endpoint, bucket, accessKeyId, secretAccessKey } = objects.target;
  const port = Number(new URL(endpoint).port);
  return { port, bucket, accessKeyId, secretAccessKey, close: () => objects.stop() };
}
