/** Which store: an S3-compatible one, such as Cloudflare R2. */

export interface StoreConfig {
  /** Address without a path, such as `https://<account>.r2.cloudflarestorage.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where an account's R2 answers. */
export function endpointOfAccount(accountId: string): string {
  return `https://${accountId}.r2.cloudflarestorage.com`;
}

const loopback = new Set(['localhost', '[::1]']);

/** Why this endpoint must not be used, as a sentence; undefined when it may be. Data leaves this machine encrypted or not at all. */
export function refuseUnsafeEndpoint(endpoint: string): string | undefined {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol === 'https:' || loopback.has(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname)) return undefined;
  return `The store at ${endpoint} would get the data unencrypted: give its https address.`;
}
