import { randomBytes } from 'node:crypto';

export interface Grant {
  userId: string;
  orgId: string;
}

export interface Codes {
  issue(grant: Grant): string;
  /** The grant of a code, once: it is spent by asking. */
  redeem(code: string): Grant | undefined;
}

const lifetimeMs = 60_000;

/** One-time codes that carry a sign-in from the login's origin to the application's, as OAuth does. */
export function createCodes(now: () => number = Date.now): Codes {
  const grants = new Map<string, Grant & { expiresAt: number }>();
  return {
    issue: ({ userId, orgId }) => {
      for (const [code, grant] of grants) if (grant.expiresAt <= now()) grants.delete(code);
      const code = randomBytes(24).toString('base64url');
      grants.set(code, { userId, orgId, expiresAt: now() + lifetimeMs });
      return code;
    },
    redeem: (code) => {
      const grant = grants.get(code);
      grants.delete(code);
      return grant && grant.expiresAt > now() ? { userId: grant.userId, orgId: grant.orgId } : undefined;
    },
  };
}
