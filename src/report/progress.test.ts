import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LiveTail, type Progress } from './live-tail.ts';
import { ProgressView } from './progress.ts';
import { event, goodJournal, goodJourney } from './sample-run.testing.ts';

const zero: Progress = { signedIn: 0, started: 0, launched: 0, finished: 0, failed: 0 };

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => written.push(text), taken: () => written.splice(0).join('') };
}

test('without a terminal: a line, and another only when something changed', () => {
  const plain = screen(false);
  const view = new ProgressView(plain);
  view.update(zero, 15, 1_000);
  view.update(zero, 15, 11_000);
  view.update({ ...zero, signedIn: 3, failed: 1 }, 15, 21_000);
  view.say('analyst-01 · coffee: done, 21 s');
  view.passOn('no newline');
  view.end();
  assert.equal(
    plain.taken(),
    `signed in 0 of 15   started 0   launched 0   finished 0   1.0 s
signed in 3 of 15   started 0   launched 0   finished 0   failed 1   21 s
analyst-01 · coffee: done, 21 s
no newline`,
  );
});

test('on a terminal: one block that is drawn over, below everything else, and gone in the end', () => {
  const terminal = screen(true);
  const view = new ProgressView(terminal);
  view.update(zero, 2, 1_000);
  const block = 'signed in 0 of 2   started 0   launched 0   finished 0   1.0 s\n';
  const erased = '\u001b[1A\u001b[0J';
  assert.equal(terminal.taken(), block);
  view.say('something');
  assert.equal(terminal.taken(), `${erased}something\n${block}`);
  view.passOn('from a worker');
  assert.equal(terminal.taken(), `${erased}from a worker\n${block}`);
  view.end();
  view.say('the end');
  assert.equal(terminal.taken(), `${erased}the end\n`);
});

test('follows files while they grow, also when a line arrives in two parts', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-tail-'));
  t.after(() => rm(folder, { recursive: true }));
  const tail = new LiveTail(folder);
  assert.deepEqual(await tail.read(), zero);

  await mkdir(join(folder, 'events'));
  await mkdir(join(folder, 'journal'));
  const text = goodJourney('analyst-01')
    .map((each) => `${JSON.stringify(each)}\n`)
    .join('');
  const middle = text.indexOf('"signed-in"') + 4;
  await appendFile(join(folder, 'events', 'w1.jsonl'), text.slice(0, middle));
  assert.deepEqual(await tail.read(), zero);
  await appendFile(join(folder, 'events', 'w1.jsonl'), text.slice(middle));
  await appendFile(
    join(folder, 'journal', 'w1.jsonl'),
    goodJournal(['analyst-01'])
      .map((each) => `${JSON.stringify(each)}\n`)
      .join(''),
  );
  assert.deepEqual(await tail.read(), { signedIn: 1, started: 1, launched: 1, finished: 1, failed: 0 });

  const failed = event('analyst-02', 9, { type: 'analyst', phase: 'finished', outcome: 'failed', error: '“ü”' });
  await appendFile(join(folder, 'events', 'w2.jsonl'), `"analyst" but no JSON\n${JSON.stringify(failed)}\n`);
  assert.deepEqual(await tail.read(), { signedIn: 1, started: 1, launched: 1, finished: 1, failed: 1 });
});
