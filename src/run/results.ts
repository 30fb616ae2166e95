/** The results folder of a run, and what `run.json` says. */
import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { machineLacks } from '../telemetry/health/machine-look.ts';
import { publicSettings, type Settings } from './settings.ts';
import { runFileSchema, type RunFile } from './run-file.ts';
import type { RunIdentity } from './identity.ts';

/** Makes the folder and lets `results/latest` point at it. */
export async function openResults(identity: RunIdentity): Promise<void> {
  await mkdir(path.join(identity.folder, 'events'), { recursive: true });
  const latest = path.join(path.dirname(identity.folder), 'latest');
  const draft = `${latest}.${process.pid}.draft`;
  await symlink(path.basename(identity.folder), draft);
  await rename(draft, latest);
}

/** Empties a folder that only the last run may fill. */
export async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    (await readdir(folder)).map((name) => rm(path.join(folder, name), { recursive: true, force: true })),
  );
}

/** The shape of the load: whoever is on the start line sets out along one ramp. */
export const PROFILE = 'all at once';

/** Writes `run.json`: who this run is, without secrets. */
export async function writeRunFile(
  identity: RunIdentity,
  settings: Settings,
  {
    target,
    bundles,
    estimate,
    browserVersion,
  }: Pick<RunFile, 'target' | 'bundles' | 'estimate'> & { browserVersion: string },
): Promise<void> {
  const [manifest, playwright] = await Promise.all([
    version('package.json'),
    version('node_modules/@playwright/test/package.json'),
  ]);
  const [cpu] = os.cpus();
  const run = runFileSchema.parse({
    schema: 1,
    runId: identity.runId,
    ...(identity.shard === undefined ? {} : { shard: identity.shard }),
    prefix: identity.prefix,
    startedAt: new Date(identity.startedAt).toISOString(),
    target,
    profile: PROFILE,
    analysts: settings.ANALYSTS,
    bundles,
    estimate,
    settings: publicSettings(settings),
    versions: { muster: manifest, node: process.versions.node, playwright, browser: browserVersion },
    host: {
      platform: `${os.platform()} ${os.release()}`,
      cpus: os.availableParallelism(),
      cpu: cpu?.model ?? 'unknown',
      memoryBytes: os.totalmem(),
    },
    health: true,
    healthLacks: machineLacks(),
  } satisfies RunFile);
  await writeFile(runFilePath(identity.folder), `${JSON.stringify(run, null, 2)}\n`);
}

/** Adds to `run.json` what is known only later. Synchronous, because reporters cannot wait; nothing happens when there is no such file. */
export function completeRunFile(
  folder: string,
  known: Partial<Pick<RunFile, 'analysts' | 'atOnce' | 'startEpoch'>>,
): void {
  const file = runFilePath(folder);
  const run = runFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, `${JSON.stringify({ ...run, ...known }, null, 2)}\n`);
}

function runFilePath(folder: string): string {
  return path.join(folder, 'run.json');
}

async function version(manifest: string): Promise<string> {
  const text = await readFile(path.resolve(import.meta.dirname, '../..', manifest), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
