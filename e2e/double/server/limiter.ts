/** The rate limits of a deployment in production: a sliding window for each organisation and route, in memory. */

export type Tier = 'critical' | 'high' | 'medium' | 'low';

const tiers: Readonly<Record<Tier, { readonly most: number; readonly windowMs: number }>> = {
  critical: { most: 5, windowMs: 600_000 },
  high: { most: 15, windowMs: 60_000 },
  medium: { most: 30, windowMs: 60_000 },
  low: { most: 60, windowMs: 60_000 },
};

/** In a window, by an organisation. */
export const launchesAllowed = tiers.critical.most;

export class Limiter {
  readonly #windowFactor: number;
  readonly #hits = new Map<string, number[]>();

  /** @param windowFactor Multiplies every window; 0 switches the limits off. */
  constructor(windowFactor: number) {
    this.#windowFactor = windowFactor;
  }

  /** Counts a request, a refused one too. Headers of the refusal when it is one too many. */
  refuse(tier: Tier, orgId: string, route: string, now = Date.now()): Record<string, string> | undefined {
    if (this.#windowFactor === 0) return undefined;
    const { most, windowMs } = tiers[tier];
    const window = windowMs * this.#windowFactor;
    const key = `${orgId} ${route}`;
    const hits = (this.#hits.get(key) ?? []).filter((at) => at > now - window);
    hits.push(now);
    this.#hits.set(key, hits);
    if (hits.length <= most) return undefined;
    // Free again when the window holds fewer than `most`, this refused one among them.
    const freeAt = (hits[hits.length - most] ?? now) + window;
    return {
      'Retry-After': String(Math.max(1, Math.ceil((freeAt - now) / 1000))),
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': String(Math.ceil(freeAt / 1000)),
    };
  }
}
