import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { chunkText, sha256, sign } from '../wire/signature.ts';
import {
  client,
  keyOf,
  raw,
  refusal,
  sendRaw,
  signRequest,
  type Check,
  type CheckTarget,
  type RawAnswer,
  type SignedRequest,
} from './target.ts';

const body = Buffer.from('signed bytes');

async function isAbsent(target: CheckTarget, key: string): Promise<boolean> {
  const asked = client(target).send(new HeadObjectCommand({ Bucket: target.bucket, Key: key }));
  return (await refusal(asked)).status === 404;
}

interface Sent {
  readonly pieces: readonly Buffer[];
  readonly trailer?: string;
  /** Changes the coded body on its way. */
  readonly tamper?: (coded: string) => string;
  readonly length?: number;
}

/** Puts an object in signed pieces of text. */
function putPieces(target: CheckTarget, key: string, { pieces, trailer, tamper, length }: Sent): Promise<RawAnswer> {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const signed = signRequest(target, {
    method: 'PUT',
    key,
    payloadHash: `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer === undefined ? '' : '-TRAILER'}`,
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': String(length ?? total),
      ...(trailer === undefined ? {} : { 'x-amz-trailer': trailer.slice(0, trailer.indexOf(':')) }),
    },
  });
  const coded = code(signed, [...pieces, Buffer.alloc(0)], trailer);
  return sendRaw(target, 'PUT', signed, Buffer.from(tamper?.(coded) ?? coded));
}

function code({ key, dateTime, scope, signature }: SignedRequest, pieces: readonly Buffer[], trailer?: string): string {
  let last = signature;
  let coded = '';
  for (const piece of pieces) {
    last = sign(key, chunkText('PAYLOAD', dateTime, scope, last, sha256(piece.toString())));
    coded += `${piece.length.toString(16)};chunk-signature=${last}\r\n${piece.toString()}${piece.length > 0 ? '\r\n' : ''}`;
  }
  if (trailer === undefined) return `${coded}\r\n`;
  const over = sign(key, chunkText('TRAILER', dateTime, scope, last, sha256(`${trailer}\n`)));
  return `${coded}${trailer}\r\nx-amz-trailer-signature:${over}\r\n\r\n`;
}

/** Two pieces as long as S3 wants all but the last to be. */
const pieces = [Buffer.alloc(16_384, 'a'), Buffer.alloc(900, 'b')];
const joined = Buffer.concat(pieces);
const trailer = `x-amz-checksum-sha256:${createHash('sha256').update(joined).digest('base64')}`;

export const signatureChecks: readonly Check[] = [
  {
    name: 'a wrong secret is refused',
    run: async (target) => {
      const wrong = client({ ...target, secretAccessKey: 'wrong' });
      const refused = await refusal(wrong.send(new ListObjectsV2Command({ Bucket: target.bucket })));
      assert.deepEqual(refused, { status: 403, code: 'SignatureDoesNotMatch' });
    },
  },
  {
    name: 'a header that was changed after it was signed is refused, and nothing is stored',
    run: async (target) => {
      const key = keyOf(target, 'tampered');
      const headers = { 'x-amz-meta-wave': '7' };
      const tamper = (signed: Record<string, string>): void => {
        signed['x-amz-meta-wave'] = '8';
      };
      const refused = await raw(target, { method: 'PUT', key, headers, body, tamper });
      assert.deepEqual([refused.status, refused.code], [403, 'SignatureDoesNotMatch']);
      assert.ok(await isAbsent(target, key));
      assert.equal((await raw(target, { method: 'PUT', key, headers, body })).status, 200);
    },
  },
  {
    name: 'a body that is not the one whose hash was signed is refused, and nothing is stored',
    run: async (target) => {
      const key = keyOf(target, 'other-body');
      const payloadHash = sha256('another body');
      const refused = await raw(target, { method: 'PUT', key, body, payloadHash });
      assert.deepEqual([refused.status, refused.code], [400, 'XAmzContentSHA256Mismatch']);
      assert.ok(await isAbsent(target, key));
    },
  },
  {
    name: 'a clock that is off by more than a quarter of an hour is refused',
    run: async (target) => {
      for (const minutes of [-16, 16]) {
        const signedAtMs = Date.now() + minutes * 60_000;
        const refused = await raw(target, { method: 'GET', key: keyOf(target, 'any'), signedAtMs });
        assert.deepEqual([refused.status, refused.code], [403, 'RequestTimeTooSkewed']);
      }
    },
  },
  {
    name: 'a link gets and puts, until it expires, and only what it was made for',
    run: async (target) => {
      const place = { Bucket: target.bucket, Key: keyOf(target, 'link ü+') };
      const put = await getSignedUrl(client(target), new PutObjectCommand(place), { expiresIn: 60 });
      const answer = await fetch(put, { method: 'PUT', body });
      assert.equal(answer.status, 200, await answer.text());
      const get = await getSignedUrl(
        client(target),
        new GetObjectCommand({ ...place, ResponseContentType: 'text/x-asked' }),
      );
      const got = await fetch(get);
      assert.deepEqual([await got.text(), got.headers.get('content-type')], [body.toString(), 'text/x-asked']);
      const other = new URL(get);
      other.searchParams.set('X-Amz-Expires', '901');
      const wrong = new URL(get);
      wrong.pathname += 'x';
      for (const url of [other, wrong]) assert.equal((await fetch(url)).status, 403);
      assert.equal((await fetch(get, { method: 'DELETE' })).status, 403);
      const signingDate = new Date(Date.now() - 120_000);
      const expired = await getSignedUrl(client(target), new GetObjectCommand(place), { expiresIn: 60, signingDate });
      assert.equal((await fetch(expired)).status, 403);
    },
  },
  {
    name: 'signed pieces are put together, with a trailer or without',
    run: async (target) => {
      for (const sent of [{ pieces }, { pieces, trailer }]) {
        const key = keyOf(target, `pieces-${'trailer' in sent}`);
        const answer = await putPieces(target, key, sent);
        assert.equal(answer.status, 200, answer.body.toString());
        const got = await raw(target, { method: 'GET', key });
        assert.ok(joined.equals(got.body));
        assert.equal(got.headers['content-encoding'], undefined);
      }
    },
  },
  {
    name: 'a piece that was changed, left out or moved is refused, and nothing is stored',
    run: async (target) => {
      const changes: Record<string, (coded: string) => string> = {
        changed: (coded) => coded.replace('aaaa', 'aaab'),
        'left-out': (coded) => coded.replace(/384;chunk-signature=\w+\r\nb+\r\n/, ''),
        moved: (coded) => coded.replace(/^(4000;[^]*?\r\n)(384;chunk-signature=\w+\r\nb+\r\n)/, '$2$1'),
        'wrong-signature': (coded) => coded.replace(/(384;chunk-signature=)\w{4}/, '$10000'),
      };
      for (const [name, tamper] of Object.entries(changes)) {
        const key = keyOf(target, `pieces-${name}`);
        const { status } = await putPieces(target, key, { pieces, tamper });
        assert.ok(status === 403 || status === 400, `${name}: ${status}`);
        assert.ok(await isAbsent(target, key), name);
      }
    },
  },
  {
    name: 'pieces that are refused say why',
    only: 'sandbox',
    run: async (target) => {
      const key = keyOf(target, 'pieces-refused');
      const code = async (sent: Sent): Promise<string> => (await putPieces(target, key, sent)).code;
      const changed = (coded: string): string => coded.replace('aaaa', 'aaab');
      assert.equal(await code({ pieces, tamper: changed }), 'SignatureDoesNotMatch');
      const trailerChanged = (coded: string): string => coded.replace(/(trailer-signature:)\w{4}/, '$10000');
      assert.equal(await code({ pieces, trailer, tamper: trailerChanged }), 'SignatureDoesNotMatch');
      const unsigned = (coded: string): string => coded.replaceAll(/;chunk-signature=\w+/g, '');
      assert.equal(await code({ pieces, tamper: unsigned }), 'SignatureDoesNotMatch');
      assert.equal(
        await code({ pieces, trailer: `x-amz-checksum-sha256:${Buffer.alloc(32).toString('base64')}` }),
        'BadDigest',
      );
      assert.equal(await code({ pieces, trailer: 'x-amz-checksum-sha256:short' }), 'InvalidRequest');
      assert.equal(await code({ pieces, length: joined.length - 1 }), 'IncompleteBody');
      assert.equal(await code({ pieces, length: joined.length + 1 }), 'IncompleteBody');
      assert.equal(await code({ pieces, tamper: (coded) => coded.slice(0, 9000) }), 'IncompleteBody');
      assert.equal(await code({ pieces, tamper: (coded) => `${coded}more` }), 'InvalidRequest');
      assert.equal(await code({ pieces, tamper: (coded) => coded.replace('4000;', 'many;') }), 'InvalidRequest');
      assert.ok(await isAbsent(target, key));
    },
  },
  {
    name: 'who is not known, or does not say who it is, is refused',
    only: 'sandbox',
    run: async (target) => {
      const asked = { method: 'GET', key: '', query: { 'list-type': '2' } };
      assert.equal((await raw({ ...target, accessKeyId: 'nobody' }, asked)).code, 'InvalidAccessKeyId');
      const { path, headers } = signRequest(target, asked);
      const send = async (changes: Record<string, string>): Promise<string> => {
        const changed = Object.entries({ ...headers, ...changes }).filter(([, value]) => value !== '');
        return (await sendRaw(target, 'GET', { path, headers: Object.fromEntries(changed) })).code;
      };
      assert.equal(await send({ authorization: '' }), 'AccessDenied');
      assert.equal(await send({ authorization: 'AWS key:signature' }), 'InvalidRequest');
      assert.equal(await send({ authorization: 'AWS4-HMAC-SHA256 nonsense' }), 'AuthorizationHeaderMalformed');
      assert.equal(await send({ 'x-amz-date': 'yesterday' }), 'AuthorizationHeaderMalformed');
      assert.equal(await send({ 'x-amz-date': '' }), 'AccessDenied');
      assert.equal(await send({ 'x-amz-content-sha256': '' }), 'InvalidRequest');
      assert.equal(await send({ 'x-amz-meta-more': 'not signed' }), 'AccessDenied');
      assert.equal(await send({ 'x-amz-security-token': 'token' }), 'InvalidToken');
      assert.equal(await send({}), '');
    },
  },
];
