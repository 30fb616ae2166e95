/** The table of checks against the sandbox's store, and against the one of the R2_… variables when they are set. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { checks, type CheckTarget } from './checks/index.ts';
import { client } from './checks/target.ts';
import { startObjects, type RunningObjects } from './testing.ts';

const prefix = `muster-checks-${randomBytes(6).toString('hex')}/`;

/** A real store to check as well, if the environment names one. */
function realTarget({
  R2_ACCOUNT_ID: account,
  S3_ENDPOINT: other,
  R2_BUCKET_NAME: bucket,
  R2_ACCESS_KEY_ID: accessKeyId,
  R2_SECRET_ACCESS_KEY: secretAccessKey,
}: NodeJS.ProcessEnv): CheckTarget | undefined {
  const endpoint = other || (account && `https://${account}.r2.cloudflarestorage.com`);
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return undefined;
  return { endpoint, region: 'auto', bucket, accessKeyId, secretAccessKey, prefix };
}

/** Leaves nothing of a round behind, whatever became of it. */
async function removeAll(target: CheckTarget): Promise<void> {
  const s3 = client(target);
  const { bucket: Bucket, prefix: Prefix } = target;
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
  for (const { Key, UploadId } of Uploads) await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    for (const { Key } of page.Contents ?? []) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

describe('the sandbox’s object store', { concurrency: 4, timeout: 5 * 60_000 }, () => {
  let folder: string;
  let objects: RunningObjects;
  let target: CheckTarget;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-objects-'));
    objects = await startObjects(folder);
    target = { ...objects.target, prefix };
  });
  after(async () => {
    const removed = await Promise.allSettled([removeAll(target)]);
    const left = objects.files();
    await objects.stop();
    rmSync(folder, { recursive: true });
    assert.deepEqual(removed, [{ status: 'fulfilled', value: undefined }]);
    assert.deepEqual(left, [], 'nothing lies on disk once everything has been deleted');
  });
  for (const { name, run } of checks) test(name, () => run(target));
});

const real = realTarget(process.env);
describe(
  'the store of R2_BUCKET_NAME',
  { concurrency: 4, skip: real === undefined && 'R2_… is not set', timeout: 15 * 60_000 },
  () => {
    if (real === undefined) return;
    after(() => removeAll(real));
    for (const { name, only, run } of checks) if (only === undefined) test(name, () => run(real));
  },
);
