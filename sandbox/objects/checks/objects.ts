import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type ChecksumAlgorithm,
  type GetObjectCommandInput,
} from '@aws-sdk/client-s3';
import { algorithms } from '../checksums.ts';
import { client, keyOf, raw, refusal, type Check, type CheckTarget } from './target.ts';

const text = Buffer.from('one two three four five six seven eight nine ten');

async function put(target: CheckTarget, name: string, body: Buffer | string = text): Promise<string> {
  const { ETag } = await client(target).send(
    new PutObjectCommand({ Bucket: target.bucket, Key: keyOf(target, name), Body: body }),
  );
  return ETag ?? '';
}

async function get(target: CheckTarget, name: string, more: Partial<GetObjectCommandInput> = {}) {
  const answer = await client(target).send(
    new GetObjectCommand({ Bucket: target.bucket, Key: keyOf(target, name), ...more }),
  );
  return { ...answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) };
}

export const objectChecks: readonly Check[] = [
  {
    name: 'what is put comes back, with its metadata and headers; its ETag is its MD5',
    run: async (target) => {
      const Bucket = target.bucket;
      const Key = keyOf(target, 'plain');
      const kept = {
        ContentType: 'text/plain; charset=utf-8',
        ContentDisposition: 'attachment; filename="a b.txt"',
        CacheControl: 'no-cache',
        ContentLanguage: 'en',
        Metadata: { wave: '7', note: 'two  spaces' },
      };
      const { ETag } = await client(target).send(new PutObjectCommand({ Bucket, Key, Body: text, ...kept }));
      assert.equal(ETag, `"${createHash('md5').update(text).digest('hex')}"`);
      const back = await get(target, 'plain');
      assert.deepEqual(back.bytes, text);
      const head = await client(target).send(new HeadObjectCommand({ Bucket, Key }));
      for (const answer of [back, head]) {
        assert.deepEqual(
          { ...kept, ETag, ContentLength: text.length },
          pick(answer, [...Object.keys(kept), 'ETag', 'ContentLength']),
        );
        assert.ok(Math.abs(Date.now() - (answer.LastModified?.getTime() ?? 0)) < 10 * 60_000);
      }
    },
  },
  {
    name: 'an empty object is an object',
    run: async (target) => {
      await put(target, 'empty', '');
      assert.equal((await get(target, 'empty')).bytes.length, 0);
    },
  },
  ...algorithms.map((algorithm): Check => ({
    name: `${algorithm} is verified and kept, as header and as trailer`,
    run: async (target) => {
      const Bucket = target.bucket;
      const ChecksumAlgorithm = algorithm satisfies ChecksumAlgorithm;
      const member = `Checksum${algorithm}` as const;
      const values = new Set<string | undefined>();
      for (const [name, Body] of Object.entries({
        header: text,
        trailer: Readable.from([text.subarray(0, 9), text.subarray(9)]),
      })) {
        const Key = keyOf(target, `checksum-${algorithm}-${name}`);
        const length = { ContentLength: text.length };
        const written = await client(target).send(
          new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm, ...length }),
        );
        values.add(written[member]);
        const head = await client(target).send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
        values.add(head[member]);
        assert.deepEqual((await get(target, `checksum-${algorithm}-${name}`)).bytes, text);
      }
      assert.equal(values.size, 1, [...values].join(' '));
      assert.ok(!values.has(undefined));

      const Key = keyOf(target, `checksum-${algorithm}-wrong`);
      const other = Buffer.from([...values][0] ?? '', 'base64').map((byte) => byte ^ 1);
      const wrong = { [member]: Buffer.from(other).toString('base64') };
      const refused = await refusal(client(target).send(new PutObjectCommand({ Bucket, Key, Body: text, ...wrong })));
      assert.deepEqual(refused, { status: 400, code: 'BadDigest' });
      assert.equal((await refusal(client(target).send(new HeadObjectCommand({ Bucket, Key })))).status, 404);
    },
  })),
  {
    name: 'a wrong Content-MD5 is refused, and nothing is stored',
    run: async (target) => {
      const key = keyOf(target, 'md5');
      const md5 = createHash('md5').update('something else').digest('base64');
      const answer = await raw(target, { method: 'PUT', key, body: text, headers: { 'content-md5': md5 } });
      assert.deepEqual([answer.status, answer.code], [400, 'BadDigest']);
      assert.equal((await raw(target, { method: 'GET', key })).code, 'NoSuchKey');
    },
  },
  {
    name: 'ranges: first bytes, a part, the last bytes, an open end, an end beyond, nothing to give',
    run: async (target) => {
      await put(target, 'range');
      const size = text.length;
      for (const [range, from, to] of [
        ['bytes=0-0', 0, 0],
        ['bytes=4-6', 4, 6],
        ['bytes=-3', size - 3, size - 1],
        ['bytes=40-', 40, size - 1],
        ['bytes=40-4000', 40, size - 1],
        [`bytes=-${size * 2}`, 0, size - 1],
      ] as const) {
        const { bytes, ContentRange, $metadata } = await get(target, 'range', { Range: range });
        assert.deepEqual(bytes, text.subarray(from, to + 1), range);
        assert.equal(ContentRange, `bytes ${from}-${to}/${size}`);
        assert.equal($metadata.httpStatusCode, 206);
      }
      assert.deepEqual(await refusal(get(target, 'range', { Range: `bytes=${size}-` })), {
        status: 416,
        code: 'InvalidRange',
      });
    },
  },
  {
    name: 'conditions of a get: If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since',
    run: async (target) => {
      const etag = await put(target, 'conditions');
      const past = new Date(Date.now() - 3_600_000);
      const future = new Date(Date.now() + 3_600_000);
      const status = async (conditions: Partial<GetObjectCommandInput>): Promise<number | undefined> =>
        get(target, 'conditions', conditions).then(
          ({ $metadata }) => $metadata.httpStatusCode,
          (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode,
        );
      assert.equal(await status({ IfMatch: etag }), 200);
      assert.equal(await status({ IfMatch: '"0123"' }), 412);
      assert.equal(await status({ IfNoneMatch: etag }), 304);
      assert.equal(await status({ IfNoneMatch: '"0123"' }), 200);
      assert.equal(await status({ IfModifiedSince: past }), 200);
      assert.equal(await status({ IfUnmodifiedSince: future }), 200);
      assert.equal(await status({ IfUnmodifiedSince: past }), 412);
      assert.equal(await status({ IfMatch: etag, IfUnmodifiedSince: past }), 200);
    },
  },
  {
    name: 'conditions of a put: only when new, only over what is known',
    run: async (target) => {
      const Bucket = target.bucket;
      const Key = keyOf(target, 'guarded');
      const write = (conditions: object) =>
        client(target).send(new PutObjectCommand({ Bucket, Key, Body: text, ...conditions }));
      const { ETag } = await write({ IfNoneMatch: '*' });
      assert.equal((await refusal(write({ IfNoneMatch: '*' }))).status, 412);
      assert.equal((await refusal(write({ IfMatch: '"0123"' }))).status, 412);
      await write({ IfMatch: ETag });
    },
  },
  {
    name: 'of many puts that ask to be the first, one is',
    run: async (target) => {
      const Bucket = target.bucket;
      const Key = keyOf(target, 'race');
      const contenders = Array.from({ length: 8 }, (_, index) =>
        client(target).send(
          new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(200_000, index), IfNoneMatch: '*' }),
        ),
      );
      const won = (await Promise.allSettled(contenders)).map(({ status }) => status === 'fulfilled');
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal((await get(target, 'race')).bytes[0], won.indexOf(true));
    },
  },
  {
    name: 'a copy has the bytes, and the metadata or other metadata',
    run: async (target) => {
      const Bucket = target.bucket;
      const from = keyOf(target, 'copy from ü+');
      await client(target).send(new PutObjectCommand({ Bucket, Key: from, Body: text, Metadata: { wave: '7' } }));
      const CopySource = `${Bucket}/${encodeURIComponent(from)}`;
      const copy = (name: string, more: object = {}) =>
        client(target).send(new CopyObjectCommand({ Bucket, Key: keyOf(target, name), CopySource, ...more }));
      await copy('copy');
      await copy('copy-replaced', { MetadataDirective: 'REPLACE', Metadata: { wave: '8' } });
      const [same, replaced] = [await get(target, 'copy'), await get(target, 'copy-replaced')];
      assert.deepEqual([same.bytes, replaced.bytes], [text, text]);
      assert.deepEqual([same.Metadata, replaced.Metadata], [{ wave: '7' }, { wave: '8' }]);
      const absent = new CopyObjectCommand({
        Bucket,
        Key: keyOf(target, 'copy'),
        CopySource: `${Bucket}/${target.prefix}no`,
      });
      assert.deepEqual(await refusal(client(target).send(absent)), { status: 404, code: 'NoSuchKey' });
    },
  },
  {
    name: 'deleting, one or many, also what is not there',
    run: async (target) => {
      const Bucket = target.bucket;
      const names = ['delete/1', 'delete/2', 'delete/<&>"\'', 'delete/ü ñ'];
      for (const name of names) await put(target, name);
      const Objects = [...names, 'delete/never'].map((name) => ({ Key: keyOf(target, name) }));
      const { Deleted, Errors } = await client(target).send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
      assert.deepEqual([Deleted?.map(({ Key }) => ({ Key })), Errors ?? []], [Objects, []]);
      for (const { Key } of Objects) {
        assert.equal((await refusal(client(target).send(new HeadObjectCommand({ Bucket, Key })))).status, 404);
        await client(target).send(new DeleteObjectCommand({ Bucket, Key }));
      }
    },
  },
  {
    name: 'keys are any text',
    run: async (target) => {
      const names = ['ü ñ+&=(1) 文.sav', '100%', 'a?b#c', "it's", 'e\u0301', '%2e%2e%2f', `long/${'x'.repeat(900)}`];
      for (const name of names) await put(target, name, name);
      for (const name of names) assert.equal((await get(target, name)).bytes.toString(), name);
    },
  },
  {
    name: 'keys that would be paths are keys',
    only: 'sandbox',
    run: async (target) => {
      const names = [
        '../../escape',
        '..',
        '.',
        'a//b',
        'a/./b',
        'a/../b',
        '/',
        'C:\\x',
        'a/',
        'a',
        'A',
        'new\nline',
        'tab\t\u0001',
      ];
      for (const name of names) {
        await raw({ ...target }, { method: 'PUT', key: name, body: Buffer.from(`of ${name}`) });
      }
      for (const name of names) {
        assert.equal((await raw(target, { method: 'GET', key: name })).body.toString(), `of ${name}`);
        assert.equal((await raw(target, { method: 'DELETE', key: name })).status, 204);
      }
      assert.equal((await raw(target, { method: 'PUT', key: 'k'.repeat(1025) })).code, 'KeyTooLongError');
      assert.equal((await raw(target, { method: 'PUT', key: 'k'.repeat(1024) })).status, 200);
      await raw(target, { method: 'DELETE', key: 'k'.repeat(1024) });
    },
  },
];

function pick(from: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}
