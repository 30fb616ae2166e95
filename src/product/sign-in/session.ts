/** How somebody came to be signed in, and until when that is good. */
import type { Cookie } from '@playwright/test';

/** Through the form, by an earlier sign-in, with a token that was made for them, or because everybody is let in. */
export type How = 'form' | 'kept' | 'token' | 'bypass';

export interface Entered {
  readonly how: How;
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  /** Milliseconds since 1970; undefined where it never ends. */
  readonly endsAt: number | undefined;
}

/** The product's cookie: others beside it have short lives of their own. */
const sessionCookie = 'wos-session';
/** Where neither the cookie nor SESSION_MINUTES says. */
const usualMs = 60 * 60_000;

/**
 * Until when a sign-in is good, in milliseconds since 1970: as long as the product's cookie lasts, and no longer than
 * SESSION_MINUTES where it is set. Hosted sign-ins give cookies that outlast the session within by far.
 */
export function sessionEnd(
  cookies: readonly Pick<Cookie, 'name' | 'expires'>[],
  signedInAt: number,
  sessionMinutes: number | undefined,
): number {
  const expires = cookies.find(({ name }) => name === sessionCookie)?.expires ?? -1;
  const byCookie = expires > 0 ? expires * 1000 : undefined;
  const bySetting = sessionMinutes === undefined ? undefined : signedInAt + sessionMinutes * 60_000;
  if (byCookie === undefined && bySetting === undefined) return signedInAt + usualMs;
  return Math.min(byCookie ?? Number.POSITIVE_INFINITY, bySetting ?? Number.POSITIVE_INFINITY);
}

/** When a session is renewed: from `from` on between two steps, at `latest` whatever is under way. Milliseconds since 1970. */
export function renewalTime({ signedInAt, endsAt }: { signedInAt: number; endsAt: number }): {
  readonly from: number;
  readonly latest: number;
} {
  const leadMs = Math.min(5 * 60_000, (endsAt - signedInAt) / 2);
  // The greater part of it is for the sign-in itself, which may be slow, or have to be tried again.
  return { from: endsAt - leadMs, latest: endsAt - 0.75 * leadMs };
}

/**
 * Whether an answer leads to the sign-in: a session that is over shows as a redirect, to another origin or to the
 * product's own page of refusal, and not as a 401.
 */
export function leadsToSignIn(status: number, location: string | undefined, baseUrl: string): boolean {
  if (status < 300 || status >= 400 || location === undefined || !URL.canParse(location, baseUrl)) return false;
  const { origin, pathname } = new URL(location, baseUrl);
  return origin !== new URL(baseUrl).origin || /^\/(auth|log-?in|sign-?in)(\/|$)/i.test(pathname);
}
