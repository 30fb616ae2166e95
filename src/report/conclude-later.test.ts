import assert from 'node:assert/strict';
import { appendFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { concludeLater } from './conclude-later.ts';
import { readSummary } from './results.ts';
import { event, goodJournal, goodJourney, projectOf, T0, writeRun } from './sample-run.testing.ts';

const A = 'analyst-01';
const B = 'analyst-02';

test('a run that was cut off is folded later: what is known counts, and what nobody knows is said', async () => {
  const early = goodJourney(A).filter(({ at }) => at < T0 + 20_000);
  const back = ['cancelled', 'in_progress'].map((status, place) =>
    event(B, 30_000 + place, {
      type: 'sighting',
      project: projectOf(A),
      projectId: `p-${A}`,
      productRunId: `r-${A}`,
      status,
      versionAt: T0 + 30_000 + place,
      view: 1,
    }),
  );
  const journal = goodJournal([A]).filter(({ type }) => type === 'intended' || type === 'acknowledged');
  const folder = await writeRun([...early, ...goodJourney(B).slice(0, 3), ...back], journal);
  try {
    await appendFile(path.join(folder, 'journal', 'worker-1.jsonl'), '{"v":1,"type":"end');
    const { verdict, reasons } = await concludeLater(folder);
    assert.equal(verdict, 'FAIL');
    assert.match(reasons.join('\n'), /Teardown left no record for Meridian Research/);
    assert.match(reasons.join('\n'), /The run was interrupted before its end/);
    assert.match(reasons.join('\n'), /went back to work after its end: see Breaches\./);
    const summary = await readSummary(folder);
    assert.deepEqual(
      summary?.ledger.breaches?.map(({ kind, evidence }) => [kind, ...evidence.map(({ saw }) => saw)]),
      [['resurrected', 'cancelled', 'in_progress']],
    );
    assert.equal(summary?.endedAt, new Date(T0 + 30_001).toISOString());
    assert.equal(summary?.ledger.remaining, null);
  } finally {
    await rm(folder, { recursive: true });
  }
});
