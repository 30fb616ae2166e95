/** Which products may be driven at all: this machine's, those allowed by name, and never production. */

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const productionWords = /(^|[.-])(prod|production|live)\d*([.-]|$)/i;

/** Why this address must not be driven, as a sentence that says what to do; undefined when it may be. */
export function refuseUnsafeTarget(baseUrl: string, allowedHosts: readonly string[]): string | undefined {
  const { hostname } = new URL(baseUrl);
  if (productionWords.test(hostname))
    return `BASE_URL names ${hostname}, which looks like production: Muster never drives production. Point it at a staging product.`;
  if (loopback.has(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname)) return undefined;
  if (allowedHosts.some((host) => host.toLowerCase() === hostname.toLowerCase())) return undefined;
  return `BASE_URL names ${hostname}, which is not allowed: if it is a staging product that you may load, set ALLOWED_HOSTS=${hostname}.`;
}
