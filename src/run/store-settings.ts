/** Which store the settings mean. */
import { endpointOfAccount, refuseUnsafeEndpoint, type StoreConfig } from '../../datasets/store/config.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Settings } from './settings-table.ts';

type StoreSettings = Pick<
  Settings,
  'R2_ACCOUNT_ID' | 'S3_ENDPOINT' | 'R2_BUCKET_NAME' | 'R2_ACCESS_KEY_ID' | 'R2_SECRET_ACCESS_KEY'
>;

/** The embedded product's store: nobody's secret, for it is gone with the product. */
export const embeddedStore = {
  bucket: 'muster',
  accessKeyId: 'sandbox',
  secretAccessKey: 'muster-sandbox-objects',
} as const;

const credentials = ['R2_BUCKET_NAME', 'R2_ACCESS_KEY_ID', 'R2_SECRET_ACCESS_KEY'] as const;

/** Whether any of the settings speaks of a store. */
export function namesStore(settings: StoreSettings): boolean {
  return (['R2_ACCOUNT_ID', 'S3_ENDPOINT', ...credentials] as const).some((name) => settings[name] !== undefined);
}

/** What is wrong with the settings of the store, a sentence each. */
export function storeProblems(settings: StoreSettings): string[] {
  const { R2_ACCOUNT_ID, S3_ENDPOINT } = settings;
  const problems: string[] = [];
  if (R2_ACCOUNT_ID !== undefined && S3_ENDPOINT !== undefined)
    problems.push('R2_ACCOUNT_ID and S3_ENDPOINT both name a store: set the one that is meant.');
  if (R2_ACCOUNT_ID !== undefined && !/^[\da-z]+$/i.test(R2_ACCOUNT_ID))
    problems.push(
      `R2_ACCOUNT_ID is "${R2_ACCOUNT_ID}": it is the id in the dashboard's address, of letters and digits.`,
    );
  const missing = credentials.filter((name) => settings[name] === undefined);
  const names = [
    ...(R2_ACCOUNT_ID === undefined && S3_ENDPOINT === undefined ? ['R2_ACCOUNT_ID (or S3_ENDPOINT)'] : []),
    ...missing,
  ];
  if (names.length > 0)
    problems.push(
      `The store cannot be used without ${names.join(', ')}: set ${names.length === 1 ? 'it' : 'them'} in .env or the environment.`,
    );
  const refusal = S3_ENDPOINT === undefined ? undefined : refuseUnsafeEndpoint(S3_ENDPOINT);
  if (refusal !== undefined) problems.push(`S3_ENDPOINT is refused. ${refusal}`);
  return problems;
}

/** What DATASETS asks of the other settings, a sentence for each thing that is missing. */
export function dataContradictions(settings: StoreSettings & Pick<Settings, 'DATASETS' | 'BASE_URL'>): string[] {
  // Without a word about a store, the one of the embedded product is meant.
  if (settings.DATASETS !== 'store' || (settings.BASE_URL === undefined && !namesStore(settings))) return [];
  return storeProblems(settings).map((problem) => `DATASETS is "store". ${problem}`);
}

/** The store that is meant. @throws ConfigurationError that names what is missing. */
export function storeOf(settings: StoreSettings): StoreConfig {
  const problems = storeProblems(settings);
  const { R2_ACCOUNT_ID, S3_ENDPOINT, R2_BUCKET_NAME, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY } = settings;
  const endpoint = S3_ENDPOINT ?? (R2_ACCOUNT_ID === undefined ? undefined : endpointOfAccount(R2_ACCOUNT_ID));
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  if (
    endpoint === undefined ||
    R2_BUCKET_NAME === undefined ||
    R2_ACCESS_KEY_ID === undefined ||
    R2_SECRET_ACCESS_KEY === undefined
  )
    throw new Error('A store without problems lacks a setting.');
  return {
    endpoint,
    bucket: R2_BUCKET_NAME,
    accessKeyId: R2_ACCESS_KEY_ID,
    secretAccessKey: R2_SECRET_ACCESS_KEY,
  };
}
