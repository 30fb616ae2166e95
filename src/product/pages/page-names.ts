/** The product's pages, by what their addresses look like. */

const pages: readonly (readonly [RegExp, string])[] = [
  [/^\/dashboard\/?$/, 'dashboard'],
  [/^\/projects\/new\/?$/, 'wizard'],
  [/^\/projects\/[^/]+\/review\/?$/, 'review'],
  [/^\/projects\/[^/]+\/?$/, 'project'],
  [/^\/settings\/?$/, 'settings'],
  [/^\/auth\//, 'auth'],
];

/** A short, stable name of the page at an address: what telemetry groups by. An address of another origin is the hosted sign-in. */
export function pageNamer(baseUrl: string): (url: string) => string {
  const { origin } = new URL(baseUrl);
  return (url) => {
    if (!URL.canParse(url)) return 'blank';
    const parsed = new URL(url);
    if (parsed.protocol === 'about:') return 'blank';
    if (parsed.origin !== origin) return 'sign-in';
    return pages.find(([pattern]) => pattern.test(parsed.pathname))?.[1] ?? 'other';
  };
}
