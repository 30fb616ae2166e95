/** The product's pages, by what their addresses look like. */

const pages: readonly (readonly [RegExp, string])[] = [
  [/^\/dashboard\/?$/, 'dashboard'],
  [/^\/projects\/new\/?$/, 'wizard'],
  [/^\/projects\/[^/]+\/review\/?$/, 'review'],
  [/^\/projects\/[^/]+\/?$/, 'project'],
  [/^\/settings\/?$/, 'settings'],
  [/^\/auth\//, 'auth'],
];

/** Links of invitations, which the hosted sign-in serves. */
const invitation = /^\/(invitations?|invite)(\/|$)/;

/** A short, stable name of the page at an address: what telemetry groups by. An address of another origin is the hosted sign-in. */
export function pageNamer(baseUrl: string): (url: string) => string {
  const { origin } = new URL(baseUrl);
  return (url) => {
    if (!URL.canParse(url)) return 'blank';
    const parsed = new URL(url);
    if (parsed.protocol === 'about:') return 'blank';
    if (parsed.origin !== origin) return invitation.test(parsed.pathname) ? 'invitation' : 'sign-in';
    return pages.find(([pattern]) => pattern.test(parsed.pathname))?.[1] ?? 'other';
  };
}

/**
 * The route of a path: every part that names one thing (the product's ids, UUIDs, numbers, file names) becomes `:id` or
 * `:file`, so that there are as many routes as the product has.
 */
export function routeName(pathname: string): string {
  const parts = pathname.split('/').map((part) => {
    if (/^(?=.*\d)[A-Za-z0-9]{16,}$/.test(part) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(part))
      return ':id';
    if (/^\d+$/.test(part) || /^[a-z0-9]{32}$/.test(part)) return ':id';
    return /\.[A-Za-z0-9]{2,5}$/.test(part) ? ':file' : part;
  });
  return parts.length > 2 ? parts.join('/').replace(/\/$/, '') : parts.join('/');
}
