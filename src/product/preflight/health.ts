/** The product's own word on how it is, as a person would try the address first. */
import { ClockBounds } from '../../telemetry/clock.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';
import type { Target } from '../target.ts';

export interface Health {
  /** This machine's clock minus the product's, by the Date header: to a second. */
  readonly clock: ClockBounds;
  /** What is wrong with it when it says that it is degraded: it can still be looked at. */
  readonly degraded: string | undefined;
}

/** HTTP dates leave out the fraction of the second. */
const dateStepMs = 1000;

/**
 * Asks the product's health route.
 * @throws ConfigurationError when nobody answers, somebody else does, or the product calls itself production.
 */
export async function askHealth({ baseUrl, kind }: Target, timeoutMs: number): Promise<Health> {
  const askedAt = Date.now();
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${baseUrl}/api/health`, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    text = await response.text();
  } catch (cause) {
    throw new ConfigurationError(
      `The product at ${baseUrl} cannot be reached (${reasonOf(cause)}): check ${kind === 'attached' ? 'BASE_URL and that it is running' : 'that the sandbox starts, with npm run sandbox'}.`,
      { cause },
    );
  }
  const answeredAt = Date.now();
  const health = healthIn(baseUrl, response, text);
  if (callsItselfProduction(health))
    throw new ConfigurationError(
      `The product at ${baseUrl} calls itself production: Muster never drives production. Point BASE_URL at a staging product.`,
    );
  const clock = new ClockBounds();
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isFinite(date)) {
    clock.pageBefore(askedAt, date + dateStepMs);
    clock.pageAfter(answeredAt, date);
  }
  return {
    clock,
    degraded:
      health['status'] === 'degraded'
        ? `The product at ${baseUrl} says that it is degraded (${text.slice(0, 200)}): repair it first, for numbers of a broken product mean nothing.`
        : undefined,
  };
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return (cause.cause instanceof Error && cause.cause.message) || cause.message;
}

/** @throws ConfigurationError when this is not the answer of the product. */
function healthIn(baseUrl: string, { status, ok, headers }: Response, text: string): Record<string, unknown> {
  if (status >= 300 && status < 400) {
    const to = headers.get('location') ?? '';
    const origin = URL.canParse(to, baseUrl) ? new URL(to, baseUrl).origin : 'somewhere else';
    throw new ConfigurationError(
      `The product at ${baseUrl} sends its visitors to ${origin} even for /api/health: set BASE_URL to the address of the staging product itself.`,
    );
  }
  if (!ok)
    throw new ConfigurationError(
      `The product at ${baseUrl} answered ${status} to /api/health: check that BASE_URL is its address and that nothing in front of it asks for a password.`,
    );
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  } catch {
    // It is told below, as for any other text.
  }
  throw new ConfigurationError(
    `What answers at ${baseUrl}/api/health is not the product (it says "${text.replace(/\s+/g, ' ').trim().slice(0, 60)}"): check BASE_URL.`,
  );
}

/** `environment` or `env`, at the top or among the checks (PRODUCT.md section 2), in any depth. */
function callsItselfProduction(value: Record<string, unknown>): boolean {
  return Object.entries(value).some(([key, held]) => {
    if (/^(environment|env)$/i.test(key) && typeof held === 'string') return /^prod(uction)?$/i.test(held.trim());
    return typeof held === 'object' && held !== null && callsItselfProduction(held as Record<string, unknown>);
  });
}
