import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecords } from '../src/report/records.ts';
import { goodJournal, goodJourney, T0, writeRun } from '../src/report/sample-run.testing.ts';
import { beginReplay, readRecording, replay } from './replay.ts';

test('a recorded run happens again: what had been recorded by then is there, the rest comes at its time, all of it moved alike', async (t) => {
  const recorded = await writeRun(goodJourney('analyst-01'), goodJournal(['analyst-01']));
  const folder = await mkdtemp(join(tmpdir(), 'muster-replay-'));
  t.after(() => Promise.all([recorded, folder].map((each) => rm(each, { recursive: true }))));
  const recording = await readRecording(recorded);
  const { rest, shiftMs } = await beginReplay(recording, folder, 60_250);
  const { events, problems } = await readRecords(folder);
  assert.deepEqual(problems, []);
  assert.equal(events.length + rest.length, goodJourney('analyst-01').length);
  assert.equal(rest.length, 1);
  assert.ok(events.every(({ at }) => at >= T0 + shiftMs && at <= T0 + shiftMs + 60_250));
  const step = events.find((event) => event.type === 'step');
  assert.equal(step?.startedAt, T0 + shiftMs + 100);

  await replay(folder, rest, shiftMs, Date.now() + 20_000);
  assert.equal((await readRecords(folder)).events.length, goodJourney('analyst-01').length);
});
