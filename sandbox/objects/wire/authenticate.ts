import type { IncomingMessage } from 'node:http';
import { S3Error } from '../s3-error.ts';
import { readAuthorization, readPresigned, type Claim } from './claim.ts';
import { canonicalRequest, isSame, requestText, sign, signingKey, type Scope } from './signature.ts';
import type { Target } from './target.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What pieces of a body are signed with, the first one after `previous`. */
export interface ChunkSigning {
  readonly key: Buffer;
  readonly dateTime: string;
  readonly scope: Scope;
  readonly previous: string;
}

export interface Authenticated {
  readonly isPresigned: boolean;
  /** How the body comes: its SHA-256 in hexadecimal, or one of the words of `x-amz-content-sha256`. */
  readonly payloadHash: string;
  readonly chunkSigning: ChunkSigning;
}

/** How far a client's clock may be off. */
const skewMs = 15 * 60_000;

/**
 * Finds out whether a request comes from somebody who has the secret.
 * @param nowMs milliseconds since 1970.
 * @throws S3Error why it does not.
 */
export function authenticate(
  request: IncomingMessage,
  target: Target,
  credentials: Credentials,
  nowMs: number,
): Authenticated {
  const authorization = request.headers.authorization;
  const isPresigned = target.query.some(([name]) => name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm');
  if (authorization === undefined && !isPresigned) throw new S3Error('AccessDenied', 'Access Denied');
  if (authorization !== undefined && isPresigned) {
    throw new S3Error(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified',
    );
  }
  const claim =
    authorization === undefined ? readPresigned(request, target) : readAuthorization(request, authorization);
  refuseStale(claim, nowMs);
  refuseUnsigned(request, claim);
  if (claim.accessKeyId !== credentials.accessKeyId) {
    throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
      AWSAccessKeyId: claim.accessKeyId,
    });
  }
  const canonical = canonicalRequest({
    method: request.method ?? '',
    rawPath: target.rawPath,
    query: target.query.filter(([name]) => name !== 'X-Amz-Signature'),
    headers: claim.signedHeaders.map((name) => [name, request.headersDistinct[name] ?? []]),
    payloadHash: claim.payloadHash,
  });
  const { scope, dateTime, payloadHash } = claim;
  const key = signingKey(credentials.secretAccessKey, scope);
  const text = requestText(dateTime, scope, canonical);
  if (!isSame(sign(key, text), claim.signature)) throw wrongSignature(claim, text, canonical);
  return { isPresigned, payloadHash, chunkSigning: { key, dateTime, scope, previous: claim.signature } };
}

function refuseStale({ signedAtMs, expiresS }: Claim, nowMs: number): void {
  if (expiresS === undefined) {
    if (Math.abs(nowMs - signedAtMs) <= skewMs) return;
    throw new S3Error(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      {
        RequestTime: new Date(signedAtMs).toISOString(),
        ServerTime: new Date(nowMs).toISOString(),
        MaxAllowedSkewMilliseconds: skewMs,
      },
    );
  }
  if (signedAtMs - nowMs > skewMs) throw new S3Error('AccessDenied', 'Request is not valid yet');
  if (nowMs > signedAtMs + expiresS * 1000) {
    throw new S3Error('AccessDenied', 'Request has expired', {
      'X-Amz-Expires': expiresS,
      Expires: new Date(signedAtMs + expiresS * 1000).toISOString(),
      ServerTime: new Date(nowMs).toISOString(),
    });
  }
}

/** What a signature leaves out could have been changed on the way. */
function refuseUnsigned(request: IncomingMessage, { signedHeaders }: Claim): void {
  const unsigned = Object.keys(request.headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
  }
}

function wrongSignature(claim: Claim, stringToSign: string, canonical: string): S3Error {
  return new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      AWSAccessKeyId: claim.accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical,
    },
  );
}
