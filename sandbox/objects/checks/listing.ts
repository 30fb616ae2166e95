import assert from 'node:assert/strict';
import {
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListObjectsV2CommandInput,
} from '@aws-sdk/client-s3';
import { client, keyOf, raw, refusal, type Check, type CheckTarget } from './target.ts';

/** In the order in which UTF-8 puts them, which is not JavaScript's. */
const names = ['a', 'a/1', 'a/2', 'a/b/3', 'b', 'c/4', 'c/5', 'd', '\ufb01', '\u{1f600}', '\u{1f600}/6'];

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Makes the keys once a round. */
const made = new WeakMap<CheckTarget, Promise<string>>();

function folder(target: CheckTarget): Promise<string> {
  const known = made.get(target) ?? make(target);
  made.set(target, known);
  return known;
}

async function make(target: CheckTarget): Promise<string> {
  const home = keyOf(target, 'list/');
  for (const name of names.toReversed()) {
    await client(target).send(new PutObjectCommand({ Bucket: target.bucket, Key: home + name, Body: name }));
  }
  return home;
}

/** All pages: keys and common prefixes without the folder's own name, and how many pages there were. */
async function all(target: CheckTarget, home: string, input: Partial<ListObjectsV2CommandInput> = {}) {
  const short = (key: string | undefined): string => decodeURIComponent(key ?? '').slice(home.length);
  const keys: string[] = [];
  const prefixes: string[] = [];
  let pages = 0;
  let ContinuationToken: string | undefined;
  do {
    const page = await client(target).send(
      new ListObjectsV2Command({ Bucket: target.bucket, Prefix: home, ...input, ContinuationToken }),
    );
    keys.push(...(page.Contents ?? []).map(({ Key }) => short(Key)));
    prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => short(Prefix)));
    assert.equal(page.KeyCount, (page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0));
    ContinuationToken = page.NextContinuationToken;
    assert.equal(page.IsTruncated, ContinuationToken !== undefined);
    pages += 1;
  } while (ContinuationToken !== undefined);
  return { keys, prefixes, pages };
}

export const listingChecks: readonly Check[] = [
  {
    name: 'a list is in the order of the keys, whatever the size of its pages',
    run: async (target) => {
      const home = await folder(target);
      for (const MaxKeys of [1, 2, 3, 10, 1000]) {
        const { keys, pages } = await all(target, home, { MaxKeys });
        assert.deepEqual(keys, names);
        assert.equal(pages, Math.ceil(names.length / MaxKeys));
      }
    },
  },
  {
    name: 'a delimiter makes common prefixes, each told once, also over pages',
    run: async (target) => {
      const home = await folder(target);
      for (const MaxKeys of [1, 2, 3, 1000]) {
        const { keys, prefixes } = await all(target, home, { MaxKeys, Delimiter: '/' });
        assert.deepEqual(keys, ['a', 'b', 'd', '\ufb01', '\u{1f600}']);
        assert.deepEqual(prefixes, ['a/', 'c/', '\u{1f600}/']);
      }
      const inside = await all(target, `${home}a/`, { Delimiter: '/' });
      assert.deepEqual([inside.keys, inside.prefixes], [['1', '2'], ['b/']]);
    },
  },
  {
    name: 'a list can start after a key, and be percent-encoded',
    run: async (target) => {
      const home = await folder(target);
      assert.deepEqual((await all(target, home, { StartAfter: `${home}c/4` })).keys, names.slice(6));
      assert.deepEqual((await all(target, home, { EncodingType: 'url', MaxKeys: 4 })).keys, names);
      assert.deepEqual((await all(target, `${home}nothing`)).keys, []);
    },
  },
  {
    name: 'sizes, ETags and times stand in a list',
    run: async (target) => {
      const home = await folder(target);
      const { Contents } = await client(target).send(
        new ListObjectsV2Command({ Bucket: target.bucket, Prefix: `${home}c/` }),
      );
      assert.deepEqual(
        Contents?.map(({ Size, ETag }) => [Size, /^"[0-9a-f]{32}"$/.test(ETag ?? '')]),
        [
          [3, true],
          [3, true],
        ],
      );
      assert.ok(Contents?.every(({ LastModified }) => Math.abs(Date.now() - (LastModified?.getTime() ?? 0)) < 600_000));
    },
  },
  {
    name: 'the first version of the list goes on from a marker',
    run: async (target) => {
      const home = await folder(target);
      for (const [Delimiter, expected] of [
        [undefined, names],
        ['/', ['a', 'a/', 'b', 'c/', 'd', '\ufb01', '\u{1f600}', '\u{1f600}/']],
      ] as const) {
        const found: string[] = [];
        let Marker: string | undefined;
        do {
          const page = await client(target).send(
            new ListObjectsCommand({ Bucket: target.bucket, Prefix: home, MaxKeys: 2, Delimiter, Marker }),
          );
          const entries = [
            ...(page.Contents ?? []).map(({ Key }) => Key),
            ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
          ];
          found.push(...entries.map((key) => key?.slice(home.length) ?? '').sort(byUtf8));
          const lastKey = page.Contents?.at(-1)?.Key;
          Marker = page.IsTruncated === true ? (page.NextMarker ?? lastKey) : undefined;
        } while (Marker !== undefined);
        assert.deepEqual(found, expected);
      }
    },
  },
  {
    name: 'a page of none is no page, and what cannot be understood is refused',
    only: 'sandbox',
    run: async (target) => {
      const home = await folder(target);
      assert.deepEqual(await all(target, home, { MaxKeys: 0 }), { keys: [], prefixes: [], pages: 1 });
      const list = (query: Record<string, string>) =>
        raw(target, { method: 'GET', key: '', query: { 'list-type': '2', ...query } });
      assert.equal((await list({ 'continuation-token': 'nonsense' })).code, 'InvalidArgument');
      assert.equal((await list({ 'max-keys': '-1' })).code, 'InvalidArgument');
      assert.equal((await list({ 'encoding-type': 'base64' })).code, 'InvalidArgument');
      const absent = new ListObjectsV2Command({ Bucket: `${target.bucket}-absent` });
      assert.deepEqual(await refusal(client(target).send(absent)), { status: 404, code: 'NoSuchBucket' });
    },
  },
];
