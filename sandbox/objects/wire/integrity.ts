import { algorithms, isAlgorithm, isBase64Of, isChecksum, type Algorithm } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';

/** What a client says its bytes come to. */
export interface Integrity {
  /** The checksum to compute on the way. */
  readonly algorithm: Algorithm | undefined;
  /** Asked once all bytes and trailers are in. @throws S3Error when they come to something else. */
  readonly check: (actual: { readonly md5: Buffer; readonly checksum: string | undefined }) => void;
}

const prefix = 'x-amz-checksum-';
export const checksumHeader = (algorithm: Algorithm): string => prefix + algorithm.toLowerCase();

/**
 * Reads `Content-MD5` and the one `x-amz-checksum-…` that a request may have, as a header or announced as a trailer.
 * @param names of all headers of the request.
 * @throws S3Error when they are not well-formed, or more than one.
 */
export function readIntegrity(
  names: readonly string[],
  header: (name: string) => string | undefined,
  trailers: ReadonlyMap<string, string>,
): Integrity {
  const md5 = header('content-md5');
  if (md5 !== undefined && !isBase64Of(16, md5)) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.', { 'Content-MD5': md5 });
  }
  const trailer = header('x-amz-trailer')?.trim().toLowerCase();
  const notValues = [`${prefix}mode`, `${prefix}algorithm`, `${prefix}type`];
  const found = [...names.filter((name) => name.startsWith(prefix) && !notValues.includes(name)), trailer].filter(
    (name) => name !== undefined,
  );
  if (found.length > 1) {
    throw invalid('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [name] = found;
  const algorithm = name === undefined ? undefined : algorithmOf(name);
  const announced = header('x-amz-sdk-checksum-algorithm');
  if (announced !== undefined && announced.toUpperCase() !== algorithm) {
    throw invalid(
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  const value = name === undefined || name === trailer ? undefined : header(name);
  if (algorithm !== undefined && value !== undefined) requireValue(algorithm, value);
  return {
    algorithm,
    check: (actual) => {
      if (md5 !== undefined && md5 !== actual.md5.toString('base64')) {
        throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
          ExpectedDigest: md5,
          CalculatedDigest: actual.md5.toString('base64'),
        });
      }
      if (algorithm === undefined) return;
      const expected = value ?? trailers.get(checksumHeader(algorithm));
      if (expected === undefined) {
        throw new S3Error(
          'MalformedTrailerError',
          'The request contained trailing data that was not well-formed or did not conform to our published schema.',
        );
      }
      requireValue(algorithm, expected);
      if (expected !== actual.checksum) {
        throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
      }
    },
  };
}

function algorithmOf(header: string): Algorithm {
  const name = header.slice(prefix.length).toUpperCase();
  if (header.startsWith(prefix) && isAlgorithm(name)) return name;
  throw new S3Error(
    'NotImplemented',
    `${header} is not one of the checksums that this store knows: ${algorithms.join(', ')}.`,
  );
}

function requireValue(algorithm: Algorithm, value: string): void {
  if (!isChecksum(algorithm, value)) throw invalid(`Value for ${checksumHeader(algorithm)} header is invalid.`);
}

function invalid(message: string): S3Error {
  return new S3Error('InvalidRequest', message);
}
