/** Tokens for products that sign their own: a JWT for each account, made here instead of by a sign-in. */
import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT, type JWTPayload } from 'jose';
import type { Account } from '../../run/accounts.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';
import type { Settings } from '../../run/settings.ts';

export type TokenSettings = Pick<
  Settings,
  'TOKEN_SECRET' | 'TOKEN_KEY_FILE' | 'TOKEN_ALGORITHM' | 'TOKEN_CLAIMS' | 'TOKEN_MINUTES'
>;

export type TokenOwner = Pick<Account, 'email' | 'name' | 'organization' | 'role' | 'claims'>;

export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly signedAt: number;
  readonly endsAt: number;
}

export type Mint = (owner: TokenOwner, now?: number) => Promise<Token>;

/** @throws ConfigurationError when the key cannot be read or is not one for the algorithm. */
export function openMint(settings: TokenSettings): Mint {
  const { TOKEN_ALGORITHM: algorithm, TOKEN_MINUTES: minutes } = settings;
  const key = keyOf(settings);
  const template = JSON.parse(settings.TOKEN_CLAIMS) as JWTPayload;
  return async (owner, now = Date.now()) => {
    const signedAtS = Math.floor(now / 1000);
    const endsAtS = signedAtS + Math.max(1, Math.round(minutes * 60));
    try {
      const value = await new SignJWT(claimsOf(template, owner))
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuedAt(signedAtS)
        .setExpirationTime(endsAtS)
        .sign(key);
      return { value, signedAt: signedAtS * 1000, endsAt: endsAtS * 1000 };
    } catch (cause) {
      throw new ConfigurationError(
        `No token can be signed with ${algorithm} and the key of ${settings.TOKEN_KEY_FILE === undefined ? 'TOKEN_SECRET' : settings.TOKEN_KEY_FILE} (${reasonOf(cause)}): give a key of that algorithm, or another TOKEN_ALGORITHM.`,
        { cause },
      );
    }
  };
}

/** The template with the account's own values in its placeholders, and the account's claims on top. */
export function claimsOf(template: JWTPayload, { claims, ...account }: TokenOwner): JWTPayload {
  return { ...(filled(template, account) as JWTPayload), ...claims };
}

function filled(value: unknown, account: Omit<TokenOwner, 'claims'>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{(email|name|organization|role)\}/g, (_, name: keyof typeof account) => account[name]);
  if (Array.isArray(value)) return value.map((each) => filled(each, account));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, account)]));
}

function keyOf({ TOKEN_SECRET, TOKEN_KEY_FILE }: TokenSettings): KeyObject {
  if (TOKEN_KEY_FILE === undefined) return createSecretKey(secretBytes(TOKEN_SECRET ?? ''));
  try {
    return createPrivateKey(readFileSync(TOKEN_KEY_FILE));
  } catch (cause) {
    throw new ConfigurationError(
      `TOKEN_KEY_FILE is "${TOKEN_KEY_FILE}": no private key can be read there (${reasonOf(cause)}). It must be an unencrypted PEM file.`,
      { cause },
    );
  }
}

/** A shared secret is its text, or bytes spelled as `hex:…` or `base64:…`. */
export function secretBytes(secret: string): Uint8Array {
  const [, spelling, text = ''] = /^(hex|base64):(.*)$/s.exec(secret) ?? [];
  return spelling === undefined ? Buffer.from(secret) : Buffer.from(text, spelling as 'hex' | 'base64');
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
