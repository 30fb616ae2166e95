/** The product's own word on how it is, as a person would try the address first. */
import { ClockBounds } from '../../telemetry/clock.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';
import type { Target } from '../target.ts';

export interface Health {
  /** This machine's clock minus the product's, by the Date header: to a second. */
  readonly clock: ClockBounds;
}

/** HTTP dates leave out the fraction of the second. */
const dateStepMs = 1000;

/**
 * Asks the product's health route.
 * @throws ConfigurationError when nobody answers, somebody else does, the product is degraded, or it calls itself production.
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
  const problems = problemsOf(baseUrl, response, text);
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  const clock = new ClockBounds();
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isFinite(date)) {
    clock.pageBefore(askedAt, date + dateStepMs);
    clock.pageAfter(answeredAt, date);
  }
  return { clock };
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return (cause.cause instanceof Error && cause.cause.message) || cause.message;
}

function problemsOf(baseUrl: string, { status, ok, headers }: Response, text: string): string[] {
  if (status >= 300 && status < 400) {
    const to = headers.get('location') ?? '';
    const origin = URL.canParse(to, baseUrl) ? new URL(to, baseUrl).origin : 'somewhere else';
    return [
      `The product at ${baseUrl} sends its visitors to ${origin} even for /api/health: set BASE_URL to the address of the staging product itself.`,
    ];
  }
  if (!ok)
    return [
      `The product at ${baseUrl} answered ${status} to /api/health: check that BASE_URL is its address and that nothing in front of it asks for a password.`,
    ];
  const health = asJson(text);
  if (health === undefined)
    return [
      `What answers at ${baseUrl}/api/health is not the product (it says "${text.replace(/\s+/g, ' ').trim().slice(0, 60)}"): check BASE_URL.`,
    ];
  const problems: string[] = [];
  if (callsItselfProduction(health))
    problems.push(
      `The product at ${baseUrl} calls itself production: Muster never drives production. Point BASE_URL at a staging product.`,
    );
  if (health['status'] === 'degraded')
    problems.push(
      `The product at ${baseUrl} says that it is degraded (${text.slice(0, 200)}): repair it first, for numbers of a broken product mean nothing.`,
    );
  return problems;
}

function asJson(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** `environment` or `env`, at the top or among the checks (PRODUCT.md section 2), in any depth. */
function callsItselfProduction(value: Record<string, unknown>): boolean {
  return Object.entries(value).some(([key, held]) => {
    if (/^(environment|env)$/i.test(key) && typeof held === 'string') return /^prod(uction)?$/i.test(held.trim());
    return typeof held === 'object' && held !== null && callsItselfProduction(held as Record<string, unknown>);
  });
}
