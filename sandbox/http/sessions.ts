import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { jwtVerify, SignJWT } from 'jose';
import type { Session } from '../contract.ts';
import type { PeopleStore } from '../ports.ts';

export const sessionCookie = 'wos-session';

/** `none`: no session, or an expired or forged one. `removed`: a good session of somebody who is no longer a member. */
export type Authenticated = SignedIn | 'none' | 'removed';

export interface SignedIn {
  session: Session;
  /** What the cookie holds: the same for all tabs of one sign-in. */
  token: string;
  /** Milliseconds since 1970. */
  expiresAtMs: number;
}

export interface Sessions {
  readonly maxAgeS: number;
  /** A signed token for the cookie. */
  issue(userId: string, orgId: string): Promise<string>;
  /** The token that a request brings, whatever it is worth. */
  tokenOf(headers: IncomingHttpHeaders): string | undefined;
  authenticate(headers: IncomingHttpHeaders): Promise<Authenticated>;
}

/** The data folder's own secret, made at its first start. */
export function folderSecret(folder: string): Uint8Array {
  const file = join(folder, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return Buffer.from(readFileSync(file, 'utf8'), 'hex');
}

/** Sessions as signed, expiring tokens. Who somebody is and what they may do is read from the store each time. */
export function createSessions(
  people: Pick<PeopleStore, 'session'>,
  secret: Uint8Array,
  sessionMinutes: number,
): Sessions {
  const maxAgeS = Math.max(1, Math.round(sessionMinutes * 60));
  return {
    maxAgeS,
    issue: (userId, orgId) =>
      new SignJWT({ org: orgId })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(userId)
        .setJti(randomUUID()) // Two sign-ins within a second are two sessions.
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + maxAgeS)
        .sign(secret),
    tokenOf: (headers) => cookieValue(headers.cookie, sessionCookie),
    authenticate: async (headers) => {
      const token = cookieValue(headers.cookie, sessionCookie);
      if (token === undefined) return 'none';
      let claims: { sub?: string; exp?: number; org?: unknown };
      try {
        claims = (await jwtVerify(token, secret, { algorithms: ['HS256'] })).payload;
      } catch {
        return 'none'; // expired or not ours: as good as signed out
      }
      if (claims.sub === undefined || claims.exp === undefined || typeof claims.org !== 'string') return 'none';
      const session = people.session(claims.sub, claims.org);
      return session ? { session, token, expiresAtMs: claims.exp * 1000 } : 'removed';
    },
  };
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}

/** Signs what a link grants; the link alone is then enough, until it expires. */
export function signature(secret: Uint8Array, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

export function signatureFits(secret: Uint8Array, text: string, given: string): boolean {
  const expected = Buffer.from(signature(secret, text));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
