/** The `state` of a sign-in: where one wanted to go, as the product's own library packs it. */

export function packState(returnPathname: string): string {
  return Buffer.from(JSON.stringify({ returnPathname })).toString('base64url');
}

/** The local path in a state, or /dashboard when it holds none: a state may never lead to another site. */
export function unpackState(state: string | undefined): string {
  const fallback = '/dashboard';
  if (state === undefined) return fallback;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(state, 'base64url').toString('utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('returnPathname' in parsed)) return fallback;
    return localPath(parsed.returnPathname) ?? fallback;
  } catch {
    return fallback; // not JSON: somebody made it up
  }
}

function localPath(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) return undefined;
  const base = 'http://local.invalid';
  const url = new URL(path, base);
  // `//host` and `/\host` leave the site; `/a/..//host` does once it is resolved.
  if (url.origin !== base || url.pathname.startsWith('//')) return undefined;
  return url.pathname + url.search + url.hash;
}
