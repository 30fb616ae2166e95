/** What goes wrong with a store, in sentences that say what to do. */
import type { StoreConfig } from './config.ts';

/** The message is for people. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

interface Trouble {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const refusedKeys = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'AccessDenied', 'Forbidden', '403']);
const network =
  /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOST|ENETUNREACH|EPIPE|ETIMEDOUT|TimeoutError|CERT_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS|UNABLE_TO)/;

/** Whether the store says that there is no such object (or, where an answer has no body, nothing at this address). */
export function isAbsent(error: unknown): boolean {
  const { name, $metadata } = error as Trouble;
  return name === 'NoSuchKey' || name === 'NotFound' || (name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404);
}

/** The same error as a sentence. `doing` completes "… while …". */
export function explained(error: unknown, { endpoint, bucket }: StoreConfig, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const { name = 'unknown', message = '', $metadata } = error as Trouble;
  const status = $metadata?.httpStatusCode;
  const sentence = (text: string): StoreError => new StoreError(text, { cause: error });
  const code = networkCode(error);
  if (name === 'NoSuchBucket')
    return sentence(
      `There is no bucket "${bucket}" at ${endpoint}: create it there, or set R2_BUCKET_NAME to one that is.`,
    );
  if (refusedKeys.has(name) || status === 403 || status === 401)
    return sentence(
      `The store at ${endpoint} refuses the key (${name}) while ${doing}: check R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY, and that they may use the bucket "${bucket}".`,
    );
  if (name === 'RequestTimeTooSkewed')
    return sentence(`The store at ${endpoint} says that this machine's clock is wrong: set it.`);
  if (code !== undefined)
    return sentence(
      `The store at ${endpoint} cannot be reached while ${doing} (${code}): check R2_ACCOUNT_ID or S3_ENDPOINT, and the network.`,
    );
  if (/BadDigest|InvalidDigest|ChecksumMismatch/i.test(name) || /checksum/i.test(message))
    return sentence(`Bytes were damaged on the way while ${doing} (${name}): do it again.`);
  return sentence(
    `The store at ${endpoint} failed while ${doing}: ${name}${status === undefined ? '' : ` (${status})`}${message === '' || message === name ? '' : `, ${message}`}.`,
  );
}

/** The system's word for a connection that could not be made or broke. */
function networkCode(error: unknown): string | undefined {
  let each = error as Trouble | undefined;
  for (let depth = 0; each !== undefined && each !== null && depth < 4; depth += 1) {
    if (each.code !== undefined && network.test(each.code)) return each.code;
    if (each.name !== undefined && network.test(each.name)) return each.name;
    // Node tries each address of a name, and keeps what became of each.
    const [first] = (each as { readonly errors?: readonly Trouble[] }).errors ?? [];
    each = first ?? (each.cause as Trouble | undefined);
  }
  return undefined;
}
