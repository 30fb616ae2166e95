import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { conclude } from './conclude.ts';
import { goodJournal, goodJourney, sampleRun, T0, writeRun } from './sample-run.testing.ts';

const analysts = ['analyst-01', 'analyst-02'];
const unreachable = [{ metric: 'web.lcp', statistic: 'p75', below: 0.001 }];

test('HOLD_TO decides whether a missed objective fails the run', async () => {
  for (const [holdTo, verdict] of [
    ['figures', 'FAIL'],
    ['work', 'PASS'],
    [undefined, 'FAIL'],
  ] as const) {
    const folder = await writeRun(
      analysts.flatMap((analyst) => goodJourney(analyst)),
      goodJournal(analysts),
    );
    const objectives = path.join(folder, 'objectives.json');
    await writeFile(objectives, JSON.stringify(unreachable));
    const settings = {
      ...sampleRun.settings,
      SLO_FILE: objectives,
      ...(holdTo === undefined ? {} : { HOLD_TO: holdTo }),
    };
    await writeFile(path.join(folder, 'run.json'), JSON.stringify({ ...sampleRun, settings }));
    const judged = await conclude(folder, {
      status: 'passed',
      tests: { passed: analysts.length, failed: [], notRun: [] },
      startupErrors: [],
      errors: [],
      expected: analysts,
      endedAt: new Date(T0 + 120_000),
    });
    assert.equal(judged.verdict, verdict, `HOLD_TO=${holdTo}: ${judged.reasons.join(' ')}`);
    assert.match(judged.reasons.join(' '), holdTo === 'work' ? /one objective is missed/ : /LCP, page load/);
    await rm(folder, { recursive: true });
  }
});
