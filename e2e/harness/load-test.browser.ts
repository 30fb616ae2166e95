/** The product's own load test, driven on somebody's product whose rate limits refuse some of it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../sandbox/start.ts';
import { writeTestBundle } from '../../sandbox/testing-bundle.ts';
import { putDatasets, type DatasetFiles } from '../../sandbox/testing-datasets.ts';
import { openLab, startRun } from './child-run.ts';

test.describe.configure({ timeout: 240_000 });

/** PRODUCT.md section 5: launches an organisation has in production within ten minutes. */
const allowed = 5;
const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta'];

test('what is there is launched, refusals are counted, and nothing is left', async () => {
  const sandbox = await startSandbox({ pace: 0, limits: 'production', parent: 'none' });
  const lab = await openLab(sandbox);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-load-test-'));
  try {
    const { data, survey, clearBanner, doubtfulBanner } = await writeTestBundle(folder);
    const datasets = names.map((name, place): [string, DatasetFiles] => [
      name,
      { sav: data, survey, banner: place % 2 === 0 ? clearBanner : doubtfulBanner },
    ]);
    await putDatasets(sandbox, Object.fromEntries(datasets));
    const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '15' }, ['--project', 'load-test']);
    expect(await run.ended, run.output()).toBe(0);
    expect(run.output()).toContain(
      `${allowed} of ${names.length} launched, ${names.length - allowed} rate-limited (429).`,
    );
    expect(lab.remaining()).toEqual([]);

    const results = await run.folder();
    const summary = JSON.parse(await readFile(path.join(results, 'summary.json'), 'utf8')) as {
      projects: Record<string, number>;
      ledger: Record<string, number>;
    };
    const { launched, completed = 0, pendingReview = 0, failed, rateLimited } = summary.projects;
    expect({ launched, ended: completed + pendingReview, failed, rateLimited }).toEqual({
      launched: allowed,
      ended: allowed,
      failed: 0,
      rateLimited: names.length - allowed,
    });
    expect(pendingReview).toBeGreaterThan(0);
    expect(summary.ledger).toMatchObject({ intended: names.length, acknowledged: allowed, lost: 0, remaining: 0 });
    const journal = await readFile(path.join(results, 'journal', 'load-test.jsonl'), 'utf8');
    const types = [...journal.matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
    expect(types).toEqual([
      ...names.map(() => 'intended'),
      ...Array.from({ length: allowed }, () => 'acknowledged'),
      ...names.slice(allowed).map(() => 'refused'),
      ...Array.from({ length: allowed }, () => 'ended'),
      ...Array.from({ length: allowed }, () => 'deleting'),
    ]);
  } finally {
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  }
});
