import type { IncomingMessage } from 'node:http';
import { S3Error, type ErrorCode } from '../s3-error.ts';
import { algorithmName, type Scope } from './signature.ts';
import type { Target } from './target.ts';

/** Who a request says it is from, and what it signed; nothing of it is checked yet but its form. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** `yyyymmddThhmmssZ`. */
  readonly dateTime: string;
  /** Milliseconds since 1970. */
  readonly signedAtMs: number;
  /** Of a link; undefined for a request that signs its own headers. */
  readonly expiresS: number | undefined;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payloadHash: string;
}

/** A link lives a week at most. */
const longestLifeS = 7 * 24 * 3600;

/** @throws S3Error when the header is not what Signature Version 4 puts there. */
export function readAuthorization(request: IncomingMessage, authorization: string): Claim {
  const code = 'AuthorizationHeaderMalformed';
  const [algorithm, ...rest] = authorization.trim().split(/\s+/);
  if (algorithm !== algorithmName) {
    throw new S3Error(
      'InvalidRequest',
      `The authorization mechanism you have provided is not supported. Please use ${algorithmName}.`,
    );
  }
  const fields = new Map(
    rest
      .join('')
      .split(',')
      .map((field) => {
        const equals = field.indexOf('=');
        return [field.slice(0, equals), field.slice(equals + 1)];
      }),
  );
  const field = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined || value === '') {
      throw new S3Error(code, `The authorization header is malformed; it lacks ${name}.`);
    }
    return value;
  };
  if (request.headers['x-amz-security-token'] !== undefined) throw invalidToken();
  const dateTime = request.headers['x-amz-date'];
  if (typeof dateTime !== 'string') {
    throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  const payloadHash = request.headers['x-amz-content-sha256'];
  if (typeof payloadHash !== 'string') {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return {
    ...readCredential(field('Credential'), dateTime, code),
    expiresS: undefined,
    signedHeaders: field('SignedHeaders').split(';'),
    signature: field('Signature'),
    payloadHash,
  };
}

/** @throws S3Error when the link's parameters are not what Signature Version 4 puts there. */
export function readPresigned(request: IncomingMessage, { query }: Target): Claim {
  const code = 'AuthorizationQueryParametersError';
  const parameter = (name: string): string => {
    const value = query.find(([known]) => known === name)?.[1];
    if (value === undefined || value === '') {
      throw new S3Error(
        code,
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
        { Missing: name },
      );
    }
    return value;
  };
  if (parameter('X-Amz-Algorithm') !== algorithmName) {
    throw new S3Error(code, `X-Amz-Algorithm only supports "${algorithmName}"`);
  }
  if (query.some(([name]) => name === 'X-Amz-Security-Token')) throw invalidToken();
  const expires = parameter('X-Amz-Expires');
  const expiresS = Number(expires);
  if (!/^\d{1,9}$/.test(expires) || expiresS < 1 || expiresS > longestLifeS) {
    throw new S3Error(code, `X-Amz-Expires must be between 1 and ${longestLifeS} seconds`);
  }
  const header = request.headers['x-amz-content-sha256'];
  const announced = query.find(([name]) => name === 'X-Amz-Content-Sha256')?.[1];
  return {
    ...readCredential(parameter('X-Amz-Credential'), parameter('X-Amz-Date'), code),
    expiresS,
    signedHeaders: parameter('X-Amz-SignedHeaders').split(';'),
    signature: parameter('X-Amz-Signature'),
    payloadHash: typeof header === 'string' ? header : (announced ?? 'UNSIGNED-PAYLOAD'),
  };
}

function readCredential(
  credential: string,
  dateTime: string,
  code: ErrorCode,
): Pick<Claim, 'accessKeyId' | 'scope' | 'dateTime' | 'signedAtMs'> {
  const [, accessKeyId = '', date = '', region = ''] =
    /^(.+)\/(\d{8})\/([a-z0-9-]+)\/s3\/aws4_request$/.exec(credential) ?? [];
  if (accessKeyId === '') {
    throw new S3Error(code, 'The credential is malformed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/s3/aws4_request".');
  }
  const signedAtMs = Date.parse(
    dateTime.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!/^\d{8}T\d{6}Z$/.test(dateTime) || Number.isNaN(signedAtMs)) {
    throw new S3Error(code, 'The date must be in the ISO8601 Basic Format, as 20130524T000000Z.');
  }
  if (!dateTime.startsWith(date)) {
    throw new S3Error(
      code,
      `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${dateTime}".`,
    );
  }
  return { accessKeyId, scope: { date, region }, dateTime, signedAtMs };
}

function invalidToken(): S3Error {
  return new S3Error(
    'InvalidToken',
    'The provided token is malformed or otherwise invalid: this store has no session tokens.',
  );
}
