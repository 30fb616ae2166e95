import type { Authenticated } from '../wire/authenticate.ts';
import type { Payload } from '../wire/payload.ts';
import type { Target } from '../wire/target.ts';
import type { ObjectStore } from '../store/index.ts';

/** A request that has proved who it is from. */
export interface Call extends Pick<Target, 'bucket' | 'key'> {
  readonly store: ObjectStore;
  readonly payload: Payload;
  /** A parameter of the query. */
  readonly query: (name: string) => string | undefined;
  /** A header; in a link, also a parameter that stands for one. */
  readonly header: (name: string) => string | undefined;
  /** Every name that `header` knows. */
  readonly headerNames: readonly string[];
}

/** What goes back. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A document; not together with a file. */
  readonly xml?: string;
  /** Part of an open file, which whoever sends it closes. */
  readonly file?: { readonly descriptor: number; readonly start: number; readonly bytes: number };
}

/**
 * Reads headers of a request. In a link, parameters that begin with `x-amz-` stand for headers, but checksums do not: a
 * client that makes a link does not know the bytes yet, and S3 ignores what it says of them.
 */
export function readHeaders(
  headers: Readonly<Record<string, readonly string[] | undefined>>,
  { query }: Target,
  { isPresigned }: Authenticated,
): Pick<Call, 'header' | 'headerNames'> {
  const stands = (name: string): boolean =>
    isPresigned && name.startsWith('x-amz-') && !/^x-amz-(checksum-|sdk-checksum-|trailer$)/.test(name);
  const lifted = new Map(
    query.map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => stands(name)),
  );
  return {
    header: (name) => headers[name]?.join(', ') ?? lifted.get(name),
    headerNames: [...new Set([...Object.keys(headers), ...lifted.keys()])],
  };
}
