/** Against the worked examples of AWS's documentation, whose secret is nobody's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalRequest, chunkText, requestText, scopeText, sha256, sign, signingKey } from './signature.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const scope = { date: '20130524', region: 'us-east-1' };
const dateTime = '20130524T000000Z';
const key = signingKey(secret, scope);
const host = ['host', ['examplebucket.s3.amazonaws.com']] as const;
const empty = sha256('');

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
test('a get of a range', () => {
  const canonical = canonicalRequest({
    method: 'GET',
    rawPath: '/test.txt',
    query: [],
    headers: [['x-amz-date', [dateTime]], host, ['range', ['bytes=0-9']], ['x-amz-content-sha256', [empty]]],
    payloadHash: empty,
  });
  assert.equal(
    sign(key, requestText(dateTime, scope, canonical)),
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  );
});

test('a put of a key with a dollar sign', () => {
  const payloadHash = sha256('Welcome to Amazon S3.');
  const canonical = canonicalRequest({
    method: 'PUT',
    rawPath: '/test$file.text',
    query: [],
    headers: [
      ['date', ['Fri, 24 May 2013 00:00:00 GMT']],
      host,
      ['x-amz-content-sha256', [payloadHash]],
      ['x-amz-date', [dateTime]],
      ['x-amz-storage-class', ['REDUCED_REDUNDANCY']],
    ],
    payloadHash,
  });
  assert.equal(
    sign(key, requestText(dateTime, scope, canonical)),
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  );
});

test('a list, whose parameters are sorted', () => {
  const canonical = canonicalRequest({
    method: 'GET',
    rawPath: '/',
    query: [
      ['prefix', 'J'],
      ['max-keys', '2'],
    ],
    headers: [host, ['x-amz-content-sha256', [empty]], ['x-amz-date', [dateTime]]],
    payloadHash: empty,
  });
  assert.equal(
    sign(key, requestText(dateTime, scope, canonical)),
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  );
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
test('a link', () => {
  const canonical = canonicalRequest({
    method: 'GET',
    rawPath: '/test.txt',
    query: [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', `AKIAIOSFODNN7EXAMPLE/${scopeText(scope)}`],
      ['X-Amz-Date', dateTime],
      ['X-Amz-Expires', '86400'],
      ['X-Amz-SignedHeaders', 'host'],
    ],
    headers: [host],
    payloadHash: 'UNSIGNED-PAYLOAD',
  });
  assert.equal(
    sign(key, requestText(dateTime, scope, canonical)),
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
test('a body in pieces, each signed with the one before', () => {
  const payloadHash = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
  const canonical = canonicalRequest({
    method: 'PUT',
    rawPath: '/examplebucket/chunkObject.txt',
    query: [],
    headers: [
      ['content-encoding', ['aws-chunked']],
      ['content-length', ['66824']],
      ['host', ['s3.amazonaws.com']],
      ['x-amz-content-sha256', [payloadHash]],
      ['x-amz-date', [dateTime]],
      ['x-amz-decoded-content-length', ['66560']],
      ['x-amz-storage-class', ['REDUCED_REDUNDANCY']],
    ],
    payloadHash,
  });
  const signatures = [sign(key, requestText(dateTime, scope, canonical))];
  for (const piece of ['a'.repeat(65_536), 'a'.repeat(1024), '']) {
    signatures.push(sign(key, chunkText('PAYLOAD', dateTime, scope, signatures.at(-1) ?? '', sha256(piece))));
  }
  assert.deepEqual(signatures, [
    '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ]);
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
test('a trailer behind the pieces', () => {
  const last = '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992';
  const hash = sha256('x-amz-checksum-crc32c:sOO8/Q==\n');
  assert.equal(
    sign(key, chunkText('TRAILER', dateTime, scope, last, hash)),
    'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
  );
});
