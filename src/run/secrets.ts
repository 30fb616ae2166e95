/** Passwords, tokens and cookies that this process holds: none of them may be read in an error, a record or a result. */

/** What takes the place of each secret. */
const veils = new Map<string, string>();
/** Shorter ones would take ordinary words with them. */
const leastLength = 3;

/** From now on the value is veiled, as it is and as an address or JSON would spell it. */
export function keepSecret(kind: 'password' | 'token' | 'cookie' | 'secret', value: string | undefined): void {
  if (value === undefined || value.length < leastLength) return;
  for (const spelling of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)])
    veils.set(spelling, `[${kind}]`);
}

/** The text with every known secret replaced by what it is. */
export function veil(text: string): string {
  // The longest first: one secret may be part of another.
  const found = [...veils].filter(([secret]) => text.includes(secret)).sort(([a], [b]) => b.length - a.length);
  return found.reduce((veiled, [secret, kind]) => veiled.replaceAll(secret, kind), text);
}
