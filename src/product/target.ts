/** Where the product is and who may sign in: the sandbox that was started for this run, or somebody's staging. */
import path from 'node:path';
import { ConfigurationError } from '../run/configuration-error.ts';
import { received, type Settings } from '../run/settings.ts';
import { refuseUnsafeTarget } from '../run/safety.ts';

export interface Target {
  readonly kind: 'embedded' | 'attached';
  readonly baseUrl: string;
  readonly accountsFile: string;
}

/** The product under test. @throws ConfigurationError when there is none. */
export function resolveTarget(settings: Settings): Target {
  if (settings.BASE_URL !== undefined && settings.ACCOUNTS_FILE !== undefined)
    return { kind: 'attached', baseUrl: settings.BASE_URL, accountsFile: path.resolve(settings.ACCOUNTS_FILE) };
  const baseUrl = received('sandboxUrl');
  const accountsFile = received('sandboxAccounts');
  if (baseUrl === undefined || accountsFile === undefined)
    throw new ConfigurationError(
      'There is no product to drive: the sandbox did not say where it is, and BASE_URL is not set.',
    );
  return { kind: 'embedded', baseUrl, accountsFile };
}

/**
 * Asks the product's health route, as a person would try the address first.
 * @throws ConfigurationError when nobody answers, the product is degraded, or it calls itself production.
 */
export async function probe(
  { baseUrl, kind }: Target,
  allowedHosts: readonly string[],
  timeoutMs: number,
): Promise<void> {
  const refusal = refuseUnsafeTarget(baseUrl, allowedHosts);
  if (refusal !== undefined) throw new ConfigurationError(refusal);
  let text: string;
  try {
    const response = await fetch(`${baseUrl}/api/health`, { signal: AbortSignal.timeout(timeoutMs) });
    text = await response.text();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
  } catch (cause) {
    const reason =
      cause instanceof Error ? (cause.cause instanceof Error && cause.cause.message) || cause.message : String(cause);
    throw new ConfigurationError(
      `The product at ${baseUrl} cannot be reached (${reason}): check ${kind === 'attached' ? 'BASE_URL and that it is running' : 'that the sandbox starts, with npm run sandbox'}.`,
      { cause },
    );
  }
  if (/"(environment|env)"\s*:\s*"production"/i.test(text))
    throw new ConfigurationError(
      `The product at ${baseUrl} calls itself production: Muster never drives production. Point BASE_URL at a staging product.`,
    );
  if (/"status"\s*:\s*"degraded"/.test(text))
    throw new ConfigurationError(
      `The product at ${baseUrl} says that it is degraded (${text.slice(0, 200)}): repair it first, for numbers of a broken product mean nothing.`,
    );
}
