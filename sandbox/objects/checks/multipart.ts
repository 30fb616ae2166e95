import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createHasher } from '../checksums.ts';
import { client, keyOf, refusal, type Check, type CheckTarget } from './target.ts';

/** The least that a part but the last may have. */
const leastPart = 5 * 1024 * 1024;
/** Three parts' worth, in parts of one size, as R2 asks for. */
const whole = randomBytes(2 * leastPart + 1000);
const pieces = [0, 1, 2].map((index) => whole.subarray(index * leastPart, (index + 1) * leastPart));

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();

async function start(target: CheckTarget, name: string, more: Partial<CreateMultipartUploadCommandInput> = {}) {
  const place = { Bucket: target.bucket, Key: keyOf(target, name) };
  const { UploadId } = await client(target).send(new CreateMultipartUploadCommand({ ...place, ...more }));
  const upload = { ...place, UploadId };
  return {
    place,
    part: async (PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
      const { ChecksumAlgorithm } = more;
      const sent = await client(target).send(new UploadPartCommand({ ...upload, PartNumber, Body, ChecksumAlgorithm }));
      const { ETag, ChecksumCRC32, ChecksumCRC64NVME, ChecksumSHA256 } = sent;
      return { PartNumber, ETag, ChecksumCRC32, ChecksumCRC64NVME, ChecksumSHA256 };
    },
    complete: (Parts: CompletedPart[]) =>
      client(target).send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })),
    list: (MaxParts: number, PartNumberMarker?: string) =>
      client(target).send(new ListPartsCommand({ ...upload, MaxParts, PartNumberMarker })),
    abort: () => client(target).send(new AbortMultipartUploadCommand(upload)),
  };
}

async function bytesOf(target: CheckTarget, place: { Bucket: string; Key: string }): Promise<Buffer> {
  const { Body } = await client(target).send(new GetObjectCommand(place));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

export const multipartChecks: readonly Check[] = [
  {
    name: 'parts sent in any order are one object in theirs; its ETag tells how many they were',
    run: async (target) => {
      const upload = await start(target, 'parts', { ContentType: 'application/x-parts', Metadata: { wave: '7' } });
      const sent = new Map<number, CompletedPart>();
      for (const number of [3, 1, 2])
        sent.set(number, await upload.part(number, pieces[number - 1] ?? Buffer.alloc(0)));
      const first = await upload.list(2);
      assert.deepEqual(
        [first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]), first.IsTruncated],
        [
          [
            [1, leastPart],
            [2, leastPart],
          ],
          true,
        ],
      );
      const rest = await upload.list(2, first.NextPartNumberMarker);
      assert.deepEqual([rest.Parts?.map(({ PartNumber }) => PartNumber), rest.IsTruncated], [[3], false]);
      assert.equal((await refusal(client(target).send(new HeadObjectCommand(upload.place)))).status, 404);
      const { ETag } = await upload.complete([1, 2, 3].map((number) => sent.get(number) ?? {}));
      assert.equal(ETag, `"${md5(Buffer.concat(pieces.map(md5))).toString('hex')}-3"`);
      assert.ok(whole.equals(await bytesOf(target, upload.place)));
      const head = await client(target).send(new HeadObjectCommand(upload.place));
      assert.deepEqual([head.ContentType, head.Metadata, head.ETag], ['application/x-parts', { wave: '7' }, ETag]);
      assert.deepEqual((await refusal(upload.list(1))).code, 'NoSuchUpload');
    },
  },
  {
    name: 'a checksum of the parts’ checksums is kept, and one of the whole',
    run: async (target) => {
      for (const [algorithm, type] of [
        ['SHA256', 'COMPOSITE'],
        ['CRC64NVME', 'FULL_OBJECT'],
      ] as const) {
        const upload = await start(target, `parts-${algorithm}`, { ChecksumAlgorithm: algorithm });
        const parts: CompletedPart[] = [];
        for (const [index, piece] of pieces.entries()) parts.push(await upload.part(index + 1, piece));
        await upload.complete(parts);
        const head = await client(target).send(new HeadObjectCommand({ ...upload.place, ChecksumMode: 'ENABLED' }));
        assert.equal(head.ChecksumType, type);
        const hasher = createHasher(algorithm);
        for (const piece of pieces) {
          const own = createHasher(algorithm);
          own.update(piece);
          hasher.update(type === 'COMPOSITE' ? own.digest() : piece);
        }
        const suffix = type === 'COMPOSITE' ? '-3' : '';
        assert.equal(head[`Checksum${algorithm}`], hasher.digest().toString('base64') + suffix);
        assert.ok(whole.equals(await bytesOf(target, upload.place)));
      }
    },
  },
  {
    name: 'the SDK’s own upload in parts, of a stream',
    run: async (target) => {
      const place = { Bucket: target.bucket, Key: keyOf(target, 'streamed') };
      const Body = Readable.from([whole.subarray(0, 100), whole.subarray(100)]);
      await new Upload({
        client: client(target),
        params: { ...place, Body },
        partSize: leastPart,
        queueSize: 2,
      }).done();
      assert.ok(whole.equals(await bytesOf(target, place)));
    },
  },
  {
    name: 'a part sent again replaces the first, a part that is not listed is left out',
    run: async (target) => {
      const upload = await start(target, 'replaced');
      await upload.part(1, Buffer.from('first'));
      await upload.part(2, Buffer.from('not listed'));
      const again = await upload.part(1, Buffer.from('again'));
      await upload.complete([again]);
      assert.equal((await bytesOf(target, upload.place)).toString(), 'again');
    },
  },
  {
    name: 'an upload that was aborted is over',
    run: async (target) => {
      const upload = await start(target, 'aborted');
      const part = await upload.part(1, Buffer.from('part'));
      await upload.abort();
      assert.equal((await refusal(upload.complete([part]))).code, 'NoSuchUpload');
      assert.equal((await refusal(upload.part(2, Buffer.from('part')))).code, 'NoSuchUpload');
      const left = await client(target).send(
        new ListMultipartUploadsCommand({ Bucket: target.bucket, Prefix: upload.place.Key }),
      );
      assert.deepEqual(left.Uploads ?? [], []);
    },
  },
  {
    name: 'parts that are not the upload’s, too small or out of order are no object',
    only: 'sandbox',
    run: async (target) => {
      const upload = await start(target, 'refused', { ChecksumAlgorithm: 'CRC32' });
      const [one, two] = [await upload.part(1, Buffer.from('one')), await upload.part(2, Buffer.from('two'))];
      assert.equal((await refusal(upload.complete([two, one]))).code, 'InvalidPartOrder');
      assert.equal((await refusal(upload.complete([one, two]))).code, 'EntityTooSmall');
      assert.equal((await refusal(upload.complete([{ ...one, ETag: two.ETag }]))).code, 'InvalidPart');
      assert.equal(
        (await refusal(upload.complete([{ ...one, ChecksumCRC32: two.ChecksumCRC32 }]))).code,
        'InvalidPart',
      );
      assert.equal((await refusal(upload.complete([{ ...one, PartNumber: 3 }]))).code, 'InvalidPart');
      assert.equal((await refusal(upload.complete([{ ...one, ChecksumCRC32: undefined }]))).code, 'InvalidRequest');
      assert.equal((await refusal(upload.complete([]))).code, 'MalformedXML');
      await upload.complete([one]);
      const [bucket, key] = [upload.place.Bucket, upload.place.Key];
      assert.equal((await bytesOf(target, { Bucket: bucket, Key: key })).toString(), 'one');
    },
  },
];
