import { noFaults, type Faults } from '../faults/index.ts';

/** Tiers of PRODUCT.md section 5: requests per window, per organisation and route key. */
export const tiers = {
  critical: { requests: 5, windowMs: 600_000 },
  high: { requests: 15, windowMs: 60_000 },
  medium: { requests: 30, windowMs: 60_000 },
  low: { requests: 60, windowMs: 60_000 },
} as const;
export type Tier = keyof typeof tiers;

export type Limits = 'development' | 'production' | 'none';
const factors: Record<Limits, number> = { development: 10, production: 1, none: Number.POSITIVE_INFINITY };

export type LimitVerdict = { allowed: true } | { allowed: false; retryAfterS: number; resetAtS: number };

export interface Limiter {
  /** Counts a request, unless it is over the limit. */
  take(orgId: string, tier: Tier, routeKey: string): LimitVerdict;
}

export interface LimiterOptions {
  readonly limits: Limits;
  /** Multiplies the windows of the tiers. */
  readonly windowFactor?: number;
  /** Milliseconds, for tests. */
  readonly now?: () => number;
  readonly faults?: Faults;
}

/** A sliding window in memory: gone with the process, as the product's is. */
export function createLimiter({
  limits,
  windowFactor = 1,
  now = Date.now,
  faults = noFaults,
}: LimiterOptions): Limiter {
  const keyOf = faults.has('shared-limiter')
    ? (_orgId: string, routeKey: string) => routeKey
    : (orgId: string, routeKey: string) => `${orgId} ${routeKey}`;
  const windows = new Map<string, number[]>();
  const factor = factors[limits];
  return {
    take: (orgId, tier, routeKey) => {
      const { requests } = tiers[tier];
      const windowMs = tiers[tier].windowMs * windowFactor;
      if (!Number.isFinite(factor)) return { allowed: true };
      const key = keyOf(orgId, routeKey);
      const time = now();
      const taken = (windows.get(key) ?? []).filter((at) => at > time - windowMs);
      windows.set(key, taken);
      const oldest = taken[0];
      if (oldest !== undefined && taken.length >= requests * factor) {
        return {
          allowed: false,
          retryAfterS: Math.max(1, Math.ceil((oldest + windowMs - time) / 1000)),
          resetAtS: Math.ceil((time + windowMs) / 1000),
        };
      }
      taken.push(time);
      return { allowed: true };
    },
  };
}
