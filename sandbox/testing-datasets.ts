/** For tests of the load test: datasets in a sandbox's object store, put there as anybody would. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Dataset, DatasetManifest } from './contract.ts';
import type { RunningSandbox } from './assemble.ts';

const bucket = 'muster';
export const manifestKey = 'dev-test/manifest.json';

/** A client of the sandbox's store; the caller destroys it. */
export function storeClient({ objectsUrl }: Pick<RunningSandbox, 'objectsUrl'>): S3Client {
  return new S3Client({
    endpoint: objectsUrl,
    region: 'auto',
    forcePathStyle: true,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'muster-sandbox-objects' },
  });
}

export async function putObject(client: S3Client, key: string, body: string | Buffer): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}

/** What a dataset is made of: files on disk by their roles. */
export type DatasetFiles = Partial<Record<Dataset['files'][number]['role'], string>>;

/** Puts datasets and their manifest into the store; returns the manifest. */
export async function putDatasets(
  sandbox: Pick<RunningSandbox, 'objectsUrl'>,
  datasets: Readonly<Record<string, DatasetFiles>>,
): Promise<DatasetManifest> {
  const client = storeClient(sandbox);
  try {
    const manifest: DatasetManifest = { version: 1, generatedAt: new Date().toISOString(), datasets: [] };
    for (const [name, given] of Object.entries(datasets)) {
      const files: Dataset['files'] = [];
      for (const [role, path] of Object.entries(given) as [Dataset['files'][number]['role'], string][]) {
        const r2Key = `dev-test/${name}/${basename(path)}`;
        const body = readFileSync(path);
        await putObject(client, r2Key, body);
        files.push({ filename: basename(path), role, r2Key, sizeBytes: body.length });
      }
      const ready = given.sav !== undefined && given.survey !== undefined;
      manifest.datasets.push({ name, ready, hasBanner: given.banner !== undefined, files });
    }
    await putObject(client, manifestKey, JSON.stringify(manifest));
    return manifest;
  } finally {
    client.destroy();
  }
}
