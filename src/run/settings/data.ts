/** Where the survey bundles come from. */
import { address, entry, optionalText, text } from './shapes.ts';

export const dataSettings = {
  DATASETS: entry(
    'local',
    'Where bundles come from. local: those that come with the project; store: the S3-compatible store; or the path of a folder whose folders are bundles of your own.',
    text.min(1, 'must be local, store, or the path of a folder'),
  ),
  R2_ACCOUNT_ID: entry('', 'Cloudflare account of the store; its endpoint follows from it.', optionalText),
  S3_ENDPOINT: entry('', 'Or the endpoint of another S3-compatible store.', address),
  R2_BUCKET_NAME: entry('', 'Bucket of the store.', optionalText),
  R2_ACCESS_KEY_ID: entry('', 'Access key of the store.', optionalText, true),
  R2_SECRET_ACCESS_KEY: entry('', 'Its secret.', optionalText, true),
  DATASETS_CACHE: entry(
    '.cache/store',
    'Folder in which fetched bundles are kept, verified.',
    text.min(1, 'must name a folder'),
  ),
};
