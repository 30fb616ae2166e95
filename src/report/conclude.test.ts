import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { conclude } from './conclude.ts';
import { goodJournal, goodJourney, sampleRun, T0, writeRun } from './sample-run.testing.ts';

const analysts = ['analyst-01', 'analyst-02'];
const unreachable = [{ metric: 'web.lcp', statistic: 'p75', below: 0.001 }];

test('HOLD_TO decides whether a missed objective fails the run, and whether it does when only some analysts took part', async () => {
  for (const [holdTo, of, verdict] of [
    ['figures', 2, 'FAIL'],
    ['figures', 15, 'FAIL'],
    ['work', 2, 'PASS'],
    ['auto', 2, 'FAIL'],
    ['auto', 15, 'PASS'],
    [undefined, 2, 'FAIL'],
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
      ANALYSTS: of,
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
    const why = holdTo === 'work' ? 'HOLD_TO=work' : '2 of 15 analysts took part';
    assert.match(
      judged.reasons.join(' '),
      verdict === 'FAIL' ? /LCP, page load/ : new RegExp(`held to its figures \\(${why}\\): one objective is missed`),
    );
    await rm(folder, { recursive: true });
  }
});
