/** Where the product is and who may sign in: the sandbox that was started for this run, or somebody's staging. */
import path from 'node:path';
import { ConfigurationError } from '../run/configuration-error.ts';
import { received, type Settings } from '../run/settings.ts';

export interface Target {
  readonly kind: 'embedded' | 'attached';
  readonly baseUrl: string;
  /** Empty where everybody is the same user. */
  readonly accountsFile: string;
}

/** The product under test. @throws ConfigurationError when there is none. */
export function resolveTarget(settings: Settings): Target {
  const { BASE_URL, ACCOUNTS_FILE } = settings;
  if (BASE_URL !== undefined)
    return {
      kind: 'attached',
      baseUrl: BASE_URL,
      accountsFile: ACCOUNTS_FILE === undefined ? '' : path.resolve(ACCOUNTS_FILE),
    };
  const baseUrl = received('sandboxUrl');
  const accountsFile = received('sandboxAccounts');
  if (baseUrl === undefined || accountsFile === undefined)
    throw new ConfigurationError(
      'There is no product to drive: the sandbox did not say where it is, and BASE_URL is not set.',
    );
  return { kind: 'embedded', baseUrl, accountsFile };
}
