/** Where the product is and who may sign in: the sandbox that was started for this run, or somebody's staging. */
import path from 'node:path';
import { ConfigurationError } from '../run/configuration-error.ts';
import { received, type Settings } from '../run/settings.ts';

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
