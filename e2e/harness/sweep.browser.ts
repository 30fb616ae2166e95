/** What is left when even the reaper of a run was killed is found later: by the next run, by its journal, by names alone. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../sandbox/start.ts';
import { run as runProgram } from '../../scripts/lib/run.mjs';
import { parseSettings } from '../../src/run/settings.ts';
import { lookAfterLeftovers } from '../../src/run/sweep/leftovers.ts';
import { openLab, startRun } from './child-run.ts';

test.describe.configure({ timeout: 600_000 });

test('a run killed together with its reaper: named by the next run, listed by a dry run, swept by its id', async () => {
  const lab = await openLab(await startSandbox({ pace: 0.3, limits: 'none', accounts: 8 }));
  try {
    const run = startRun(lab.resultsDir, {
      ...lab.attached,
      ANALYSTS: '2',
      PER_WORKER: '2',
      BUNDLES: 'coffee-loyalty',
    });
    await run.until('journal/analyst-02.jsonl', '"acknowledged"');
    await run.until('journal/analyst-01.jsonl', '"acknowledged"');
    const folder = await run.folder();
    process.kill(Number.parseInt(await readFile(path.join(folder, 'processes', 'reaper'), 'utf8'), 10), 'SIGKILL');
    run.child.kill('SIGKILL');
    await run.ended;
    const left = lab.remaining().sort();
    expect(left).toHaveLength(2);

    const id = path.basename(folder);
    const settings = parseSettings({ ...lab.attached, RESULTS_DIR: lab.resultsDir });
    const said: string[] = [];
    const target = { kind: 'attached', baseUrl: lab.attached['BASE_URL'] ?? '', accountsFile: '' } as const;
    await lookAfterLeftovers(settings, target, (line) => said.push(line));
    expect(said).toEqual([expect.stringContaining(`2 projects of the run ${id}`)]);
    expect(said[0]).toContain(`npm run sweep -- --run ${id}`);

    const sweep = (...args: string[]) =>
      runProgram(process.execPath, ['--import', 'tsx', 'scripts/sweep.ts', ...args], {
        env: { ...lab.attached, RESULTS_DIR: lab.resultsDir },
        limitMs: 120_000,
      });
    const rehearsed = await sweep('--dry-run');
    expect(rehearsed.code, rehearsed.output).toBe(1);
    for (const name of left) expect(rehearsed.output).toContain(name);
    expect(lab.remaining().sort()).toEqual(left);

    // Without its results nobody here knows whether it goes on elsewhere.
    await rm(folder, { recursive: true });
    const careful = await sweep();
    expect(careful.output).toContain('left alone: it began less than 24 hours ago');
    expect(lab.remaining().sort()).toEqual(left);
    const asked = await sweep('--run', id);
    expect(asked.code, asked.output).toBe(0);
    expect(lab.remaining()).toEqual([]);
    expect((await sweep('--run', id)).code).toBe(0);
  } finally {
    await lab.close();
  }
});
