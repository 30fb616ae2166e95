/** What is the sandbox's own: what it keeps and what it leaves, its bounds, and what it will not do. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request, type ClientRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { client, raw, refusal, sendRaw, signRequest } from './checks/target.ts';
import { startObjects, type RunningObjects } from './testing.ts';

let folder: string;
let objects: RunningObjects;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-objects-'));
  objects = await startObjects(folder);
});
afterEach(async () => {
  await objects.stop();
  rmSync(folder, { recursive: true });
});

async function restart(options: Parameters<typeof startObjects>[1] = {}): Promise<void> {
  await objects.stop();
  objects = await startObjects(folder, options);
}

const put = (Key: string, Body: string | Buffer = Key) =>
  client(objects.target).send(new PutObjectCommand({ Bucket: 'muster', Key, Body }));

async function get(Key: string): Promise<string> {
  const { Body } = await client(objects.target).send(new GetObjectCommand({ Bucket: 'muster', Key }));
  return (await Body?.transformToString()) ?? '';
}

/** Looks again and again, for what no event tells of. */
async function until(isTrue: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(30_000);
  while (!isTrue()) {
    deadline.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Sends half of an object; resolves when the store has begun to write it. */
async function beginUpload(key: string): Promise<ClientRequest> {
  const { path, headers } = signRequest(objects.target, { method: 'PUT', key, payloadHash: 'UNSIGNED-PAYLOAD' });
  const { hostname, port } = new URL(objects.target.endpoint);
  const body = Buffer.alloc(600_000, 'x');
  const sending = request({
    hostname,
    port,
    path,
    method: 'PUT',
    headers: { ...headers, 'content-length': 2 * body.length },
  });
  sending.on('error', () => undefined); // It never gets an answer.
  sending.write(body);
  await until(() => objects.files().length > 0);
  return sending;
}

describe('what is kept', () => {
  test('a restart keeps objects, buckets and uploads that have begun, and takes away what nobody names', async () => {
    const s3 = client(objects.target);
    await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
    await put('kept', 'kept bytes');
    const place = { Bucket: 'muster', Key: 'in parts' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
    const { ETag } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: 'part' }));
    const stray = join(folder, 'objects', 'files', 'half-written');
    writeFileSync(stray, 'what a killed process left');

    await restart();
    assert.equal(objects.files().length, 2, 'the object and the part');
    assert.equal(await get('kept'), 'kept bytes');
    const { Buckets } = await client(objects.target).send(new ListBucketsCommand());
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      ['another', 'muster'],
    );
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await client(objects.target).send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }));
    assert.equal(await get('in parts'), 'part');
    assert.equal(objects.files().length, 2, 'the parts are gone');
  });

  test('an upload that is cut off leaves nothing, neither in the list nor on the disk', async () => {
    const sending = await beginUpload('cut-off');
    sending.destroy();
    await until(() => objects.files().length === 0);
    assert.equal(objects.store.get('muster', 'cut-off'), undefined);
  });

  test('stopping in the middle of an upload leaves nothing', async () => {
    await beginUpload('stopped');
    await objects.stop();
    assert.deepEqual(objects.files(), []);
    objects = await startObjects(folder);
    assert.equal(objects.store.get('muster', 'stopped'), undefined);
  });

  test('an object that is replaced or deleted while it is read is read to its end', async () => {
    const bytes = Buffer.alloc(8_000_000, 'old');
    await put('replaced', bytes);
    const { Body } = await client(objects.target).send(new GetObjectCommand({ Bucket: 'muster', Key: 'replaced' }));
    await put('replaced', 'new');
    await objects.store.remove('muster', 'replaced');
    assert.ok(bytes.equals((await Body?.transformToByteArray()) ?? Buffer.alloc(0)));
    assert.deepEqual(objects.files(), []);
  });

  test('the sandbox’s own routes read without a request', async () => {
    for (const key of ['dev-test/b', 'dev-test/a', 'dev-tesu', 'dev-tes']) await put(key);
    const { store } = objects;
    assert.deepEqual(
      store.list('muster', 'dev-test/').map(({ key }) => key),
      ['dev-test/a', 'dev-test/b'],
    );
    assert.deepEqual(store.list('absent', ''), []);
    const found = store.get('muster', 'dev-test/a');
    assert.equal(found?.sizeBytes, 10);
    assert.equal(readFileSync(found?.path ?? '', 'utf8'), 'dev-test/a');
    assert.equal((await store.read('muster', 'dev-test/b')).toString(), 'dev-test/b');
    assert.equal(store.get('muster', '../objects.db'), undefined);
    await assert.rejects(store.read('muster', 'nothing'), /There is no object nothing in the bucket muster/);
    await store.write('muster', 'written', [Buffer.from('by '), Buffer.from('hand')]);
    assert.equal(await get('written'), 'by hand');
  });
});

describe('bounds', () => {
  test('an object that is too large is refused, whether it says so or not', async () => {
    await restart({ largestBytes: 1000 });
    assert.equal((await refusal(put('large', Buffer.alloc(1001)))).code, 'EntityTooLarge');
    await put('large', Buffer.alloc(1000));
    await assert.rejects(objects.store.write('muster', 'larger', [Buffer.alloc(600), Buffer.alloc(600)]), /exceeds/);
    const place = { Bucket: 'muster', Key: 'parts' };
    const s3 = client(objects.target);
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
    const part = new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: Buffer.alloc(1001) });
    assert.equal((await refusal(s3.send(part))).code, 'EntityTooLarge');
    assert.equal(objects.files().length, 1);
  });

  test('metadata, part numbers and lists have bounds', async () => {
    const headers = { 'x-amz-meta-long': 'x'.repeat(2100) };
    const long = await raw(objects.target, { method: 'PUT', key: 'metadata', headers });
    assert.equal(long.code, 'MetadataTooLarge');
    const place = { Bucket: 'muster', Key: 'parts' };
    const { UploadId = '' } = await client(objects.target).send(new CreateMultipartUploadCommand(place));
    for (const partNumber of ['0', '10001', 'one', '']) {
      const query = { uploadId: UploadId, partNumber };
      assert.equal(
        (await raw(objects.target, { method: 'PUT', key: 'parts', query })).code,
        'InvalidArgument',
        partNumber,
      );
    }
    const query = { delete: '' };
    const key = '';
    assert.equal(
      (await raw(objects.target, { method: 'POST', key, query, body: Buffer.from('<Delete/>') })).code,
      'InvalidRequest',
    );
  });

  test(
    'what is refused half-way is taken in to its end, and the connection is good for the next request',
    { timeout: 30_000 },
    async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        const announced = { 'x-amz-decoded-content-length': '10', 'x-amz-trailer': 'x-amz-checksum-crc32' };
        const payloadHash = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
        const put = signRequest(objects.target, { method: 'PUT', key: 'long', payloadHash, headers: announced });
        // More than lies between the two ends of a connection.
        const bytes = 32 * 1024 * 1024;
        const body = Buffer.concat([Buffer.from(`${bytes.toString(16)}\r\n`), Buffer.alloc(bytes)]);
        assert.equal((await sendRaw(objects.target, 'PUT', put, body, agent)).code, 'IncompleteBody');
        const next = signRequest(objects.target, { method: 'GET', key: 'long' });
        assert.equal((await sendRaw(objects.target, 'GET', next, undefined, agent)).code, 'NoSuchKey');
      } finally {
        agent.destroy();
      }
    },
  );

  test('a length must be told', async () => {
    const payloadHash = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
    const headers = { 'x-amz-trailer': 'x-amz-checksum-crc32' };
    assert.equal(
      (await raw(objects.target, { method: 'PUT', key: 'any', payloadHash, headers })).code,
      'MissingContentLength',
    );
  });
});

describe('links', () => {
  test('expire by the store’s own clock, and say so', async () => {
    let nowMs = Date.now();
    await restart({ now: () => nowMs });
    await put('linked');
    const url = await getSignedUrl(client(objects.target), new GetObjectCommand({ Bucket: 'muster', Key: 'linked' }), {
      expiresIn: 60,
    });
    assert.equal(await (await fetch(url)).text(), 'linked');
    nowMs += 59_000;
    assert.equal((await fetch(url)).status, 200);
    nowMs += 3000;
    const late = await fetch(url);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
    nowMs -= 20 * 60_000;
    assert.match(await (await fetch(url)).text(), /Request is not valid yet/);
  });

  test('carry headers as parameters', async () => {
    const place = { Bucket: 'muster', Key: 'linked' };
    const put = new PutObjectCommand({ ...place, Metadata: { wave: '7' } });
    const url = await getSignedUrl(client(objects.target), put, { expiresIn: 60 });
    assert.equal(new URL(url).searchParams.get('x-amz-meta-wave'), '7');
    assert.equal((await fetch(url, { method: 'PUT', body: 'linked' })).status, 200);
    assert.deepEqual(objects.store.get('muster', 'linked')?.headers['x-amz-meta-wave'], '7');
    const tampered = new URL(url);
    tampered.searchParams.set('x-amz-meta-wave', '8');
    assert.equal((await fetch(tampered, { method: 'PUT', body: 'other' })).status, 403);
    assert.equal(await get('linked'), 'linked');
  });

  test('with parameters that no client makes are refused', async () => {
    const url = await getSignedUrl(client(objects.target), new GetObjectCommand({ Bucket: 'muster', Key: 'any' }), {
      expiresIn: 60,
    });
    for (const [name, value] of Object.entries({
      'X-Amz-Expires': '604801',
      'X-Amz-Date': 'now',
      'X-Amz-Credential': 'tester/today',
      'X-Amz-Algorithm': 'AWS4-HMAC-MD5',
    })) {
      const changed = new URL(url);
      changed.searchParams.set(name, value);
      assert.match(await (await fetch(changed)).text(), /<Code>AuthorizationQueryParametersError<\/Code>/, name);
    }
  });
});

describe('buckets', () => {
  test('are made once, found, listed, and go when they are empty', async () => {
    const s3 = client(objects.target);
    const Bucket = 'a.bucket-1';
    await s3.send(new CreateBucketCommand({ Bucket }));
    assert.equal((await refusal(s3.send(new CreateBucketCommand({ Bucket })))).status, 409);
    await s3.send(new HeadBucketCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }));
    assert.deepEqual(await refusal(s3.send(new DeleteBucketCommand({ Bucket }))), {
      status: 409,
      code: 'BucketNotEmpty',
    });
    await objects.store.remove(Bucket, 'x');
    await s3.send(new DeleteBucketCommand({ Bucket }));
    assert.equal((await refusal(s3.send(new HeadBucketCommand({ Bucket })))).status, 404);
    for (const bucket of ['ab', 'Upper', '192.168.0.1', 'a..b', '-a', 'x'.repeat(64), 'ü']) {
      assert.equal(
        (await raw({ ...objects.target, bucket }, { method: 'PUT', key: '' })).code,
        'InvalidBucketName',
        bucket,
      );
    }
  });
});

describe('what it will not do, it says', () => {
  test('sub-resources, headers and methods that are not implemented', async () => {
    await put('object');
    const key = 'object';
    const cases: [code: string, asked: Parameters<typeof raw>[1]][] = [
      ['NotImplemented', { method: 'GET', key, query: { acl: '' } }],
      ['NotImplemented', { method: 'GET', key, query: { versionId: '1' } }],
      ['NotImplemented', { method: 'GET', key, query: { partNumber: '1' } }],
      ['NotImplemented', { method: 'PUT', key: '', query: { versioning: '' } }],
      ['NotImplemented', { method: 'PUT', key, headers: { 'x-amz-tagging': 'a=b' } }],
      ['NotImplemented', { method: 'PUT', key, headers: { 'x-amz-acl': 'public-read' } }],
      ['NotImplemented', { method: 'PUT', key, headers: { 'x-amz-checksum-xxhash64': 'AAAA' } }],
      ['NotImplemented', { method: 'PUT', key, headers: { 'x-amz-server-side-encryption': 'AES256' } }],
      ['MethodNotAllowed', { method: 'PATCH', key }],
      ['InvalidRequest', { method: 'PUT', key, headers: { 'x-amz-checksum-crc32': 'AAAA' } }],
      ['InvalidDigest', { method: 'PUT', key, headers: { 'content-md5': 'AAAA' } }],
      ['InvalidArgument', { method: 'PUT', key, payloadHash: 'STREAMING-SOMETHING' }],
    ];
    for (const [code, asked] of cases)
      assert.equal((await raw(objects.target, asked)).code, code, JSON.stringify(asked));
    assert.equal(await get('object'), 'object', 'nothing of it changed the object');
  });

  test('an address that cannot be read', async () => {
    const { headers } = signRequest(objects.target, { method: 'GET', key: 'x' });
    for (const path of ['/muster/%ff', '//key', '/muster/x?prefix=%ff']) {
      const { status, code } = await sendRaw(objects.target, 'GET', { path, headers });
      assert.deepEqual([status, code], [400, 'InvalidURI'], path);
    }
  });
});
