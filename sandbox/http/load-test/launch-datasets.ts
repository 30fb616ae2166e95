import { openAsBlob } from 'node:fs';
import pLimit from 'p-limit';
import type { Dataset, DatasetManifest, LoadTestResult, ProjectConfig } from '../../contract.ts';
import type { ObjectReader } from '../../ports.ts';
import { prefixSeparator } from '../../store/index.ts';
import type { UploadField } from '../uploads.ts';
import { datasetBucket } from './manifest.ts';

export interface LoadTest {
  datasets: readonly string[];
  concurrency: number;
  namePrefix: string;
  config: Pick<ProjectConfig, 'format' | 'displayMode' | 'theme'>;
}

interface Launching {
  readonly manifest: DatasetManifest;
  readonly objects: ObjectReader;
  /** The address that launches projects for everybody. */
  readonly url: string;
  /** Who launches: the headers of whoever asked for the load test. */
  readonly headers: Record<string, string>;
}

type Launched = LoadTestResult['launched'][number];
type Outcome = { launched: Launched } | { error: string; rateLimited?: boolean };

const roles = { sav: 'dataFile', survey: 'surveyDocument', banner: 'bannerPlan' } as const satisfies Record<
  Dataset['files'][number]['role'],
  UploadField
>;

/**
 * Launches each dataset as a person's browser would, by a request of its own to the route that everybody uses: so rate
 * limits and names count as they do for everybody. Resolves when all are answered; what fails is told, and stops nothing.
 */
export async function launchDatasets(test: LoadTest, launching: Launching): Promise<LoadTestResult> {
  const limit = pLimit(test.concurrency);
  const outcomes = await Promise.all(
    test.datasets.map((name) =>
      limit(async () => ({ dataset: name, outcome: await launch(name, test, launching).catch(failure) })),
    ),
  );
  const launched = outcomes.flatMap(({ outcome }) => ('launched' in outcome ? [outcome.launched] : []));
  const errors = outcomes.flatMap(({ dataset, outcome }) =>
    'error' in outcome ? [{ dataset, error: outcome.error }] : [],
  );
  return {
    launched,
    errors,
    totalLaunched: launched.length,
    totalErrors: errors.length,
    rateLimitRejections: outcomes.filter(({ outcome }) => 'rateLimited' in outcome).length,
  };
}

async function launch(
  name: string,
  { namePrefix, config }: LoadTest,
  { manifest, objects, url, headers }: Launching,
): Promise<Outcome> {
  const dataset = manifest.datasets.find((each) => each.name === name);
  if (dataset === undefined) return { error: `Dataset "${name}" not found in manifest` };
  const projectName = `${namePrefix}${prefixSeparator}${name}`;
  const form = new FormData();
  for (const role of ['sav', 'survey', 'banner'] as const) {
    const file = dataset.files.find((each) => each.role === role);
    if (file === undefined && role === 'banner') continue;
    if (file === undefined) return { error: 'Missing required .sav or survey file' };
    const object = objects.get(datasetBucket, file.r2Key);
    if (object === undefined) return { error: `${file.r2Key} is not in the store` };
    form.set(roles[role], await openAsBlob(object.path), file.filename);
  }
  form.set('projectName', projectName);
  form.set('config', JSON.stringify({ ...config, bannerMode: form.has('bannerPlan') ? 'upload' : 'auto_generate' }));
  const response = await fetch(url, { method: 'POST', body: form, headers, redirect: 'manual' });
  if (response.status === 429) return { error: 'Rate limited (429)', rateLimited: true };
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) return { error: errorIn(answer) ?? `HTTP ${response.status}` };
  const { projectId, runId } = answer as { projectId: string; runId: string };
  return { launched: { dataset: name, projectId, runId, projectName } };
}

function failure(error: unknown): Outcome {
  return { error: error instanceof Error ? error.message : String(error) };
}

function errorIn(answer: unknown): string | undefined {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  return typeof error === 'string' ? error : undefined;
}
