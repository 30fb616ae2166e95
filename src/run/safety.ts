/** Which products may be driven at all: this machine's, those allowed by name, and never production. */

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const productionWords = /(^|[.-])(prod|production|live)\d*([.-]|$)/i;
/** Of a server that pushes, `live` says what it does and not whose it is. */
const pushProductionWords = /(^|[.-])(prod|production)\d*([.-]|$)/i;

/** Why this address must not be driven, as a sentence that says what to do; undefined when it may be. */
export function refuseUnsafeTarget(baseUrl: string, allowedHosts: readonly string[]): string | undefined {
  const { hostname } = new URL(baseUrl);
  if (productionWords.test(hostname))
    return `BASE_URL names ${hostname}, which looks like production: Muster never drives production. Point it at a staging product.`;
  if (isLoopback(hostname)) return undefined;
  if (allowedHosts.some((host) => host.toLowerCase() === hostname.toLowerCase())) return undefined;
  return `BASE_URL names ${hostname}, which is not allowed: if it is a staging product that you may load, set ALLOWED_HOSTS=${hostname}.`;
}

/**
 * Why a product whose pages connect to this host must not be driven: what it shows is production's. Otherwise the product
 * chooses where its pages connect to, and the host needs no leave of its own.
 */
export function refuseLiveHost(host: string): string | undefined {
  return pushProductionWords.test(hostnameOf(host))
    ? `The product's pages connect to ${host}, which looks like production: Muster never drives production. Point BASE_URL at a staging product with a live server of its own.`
    : undefined;
}

/**
 * What to consider of a sign-in that looks like production's. It is no refusal: sign-in services serve staging from one
 * address with production, and nothing but accounts' names and passwords goes there.
 */
export function remarkOnSignIn(origin: string): string | undefined {
  return productionWords.test(new URL(origin).hostname)
    ? `The sign-in at ${origin} looks like production's: names and passwords of the accounts file go there, so let these be accounts made for tests.`
    : undefined;
}

function isLoopback(hostname: string): boolean {
  return loopback.has(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function hostnameOf(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}
