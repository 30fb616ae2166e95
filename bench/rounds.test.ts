import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { keepRound, readRounds, stoppable } from './rounds.ts';

const schema = z.object({ value: z.number() });
let folder: string;
before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'muster-rounds-'))));
after(() => rm(folder, { recursive: true }));

test('rounds come back in their order, from a folder that was not there', async () => {
  const file = path.join(folder, 'new', 'rounds.jsonl');
  assert.deepEqual(await readRounds(file, schema), []);
  for (const value of [3, 1, 2]) await keepRound(file, { value });
  assert.deepEqual(await readRounds(file, schema), [{ value: 3 }, { value: 1 }, { value: 2 }]);
});

test('a line of another kind, or a torn one, is named', async () => {
  const file = path.join(folder, 'torn.jsonl');
  await keepRound(file, { value: 1 });
  await appendFile(file, '{"val');
  await assert.rejects(readRounds(file, schema), /^Error: Line 2 of .*torn\.jsonl is no round of this bench/);
});

test('Ctrl-C stops with a sentence, and only while something is under way', async () => {
  const listeners = () => (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => process.listenerCount(signal));
  const before = listeners();
  const waiting = stoppable(
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  );
  process.emit('SIGTERM');
  await assert.rejects(waiting, /^Error: Stopped: what was measured before is kept/);
  assert.deepEqual(listeners(), before);
});
