import { S3Error } from '../s3-error.ts';

/** What a request's first line names, decoded, and as it stood there for the signature. */
export interface Target {
  /** As sent, with its percent signs. */
  readonly rawPath: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for a bucket or the service. */
  readonly key: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** Takes a request target of origin form apart. Path style only: the first segment is the bucket. @throws S3Error InvalidURI */
export function parseTarget(url: string): Target {
  if (!url.startsWith('/')) throw invalid(url);
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const [, rawBucket = '', ...rest] = rawPath.split('/');
  const bucket = decode(rawBucket);
  const key = decode(rest.join('/'));
  if (bucket === '' && rest.length > 0) throw invalid(url);
  return {
    rawPath,
    bucket,
    key,
    query: mark < 0 ? [] : parseQuery(url.slice(mark + 1)),
  };
}

function parseQuery(text: string): [string, string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))];
    });
}

/** @throws S3Error InvalidURI when the text is not UTF-8, percent-encoded. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(text);
  }
}

function invalid(uri: string): S3Error {
  return new S3Error('InvalidURI', "Couldn't parse the specified URI.", { URI: uri });
}
