import { datasetManifestSchema, type DatasetManifest } from '../../contract.ts';
import type { ObjectReader } from '../../ports.ts';

/** Where datasets and their manifest lie in the object store. */
export const datasetBucket = 'muster';
const manifestKey = 'dev-test/manifest.json';

/** The manifest of datasets as it is now. @throws when there is none, or when it is not one. */
export async function readManifest(objects: ObjectReader): Promise<DatasetManifest> {
  const text = (await objects.read(datasetBucket, manifestKey)).toString('utf8');
  return datasetManifestSchema.parse(JSON.parse(text));
}
