import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LivePicture, type Picture } from '../live/picture.ts';
import { ProgressView } from './progress.ts';
import { event, goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';

const A = 'analyst-01';

function picture(events = goodJourney(A), journal = goodJournal([A])): Picture {
  const live = new LivePicture(sampleRun);
  live.add({ events, journal });
  return live.at(T0 + 60_000);
}

const zero = picture([], []);

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => written.push(text), taken: () => written.splice(0).join('') };
}

test('without a terminal: a line, and another only when something changed', () => {
  const plain = screen(false);
  const view = new ProgressView(plain);
  view.update(zero, 15, 1_000);
  view.update(zero, 15, 11_000);
  view.update(picture(), 15, 21_000);
  view.say('analyst-01 · coffee: done, 21 s');
  view.passOn('no newline');
  view.end();
  assert.equal(
    plain.taken(),
    `   1.0 s  0 of 15 signed in · 0 at work · 0 finished
    21 s  1 finished · 1 launched · 1 completed · mean 48 s · LCP p75 240 ms · cards p95 30 ms
analyst-01 · coffee: done, 21 s
no newline`,
  );
});

test('on a terminal: one block that is drawn over, below everything else, and gone in the end', () => {
  const terminal = screen(true);
  const view = new ProgressView(terminal);
  view.update(zero, 2, 1_000);
  const block = terminal.taken();
  assert.equal(
    block,
    `Elapsed   1.0 s
Analysts  0 of 2 signed in · 0 at work · 0 finished
Projects  0 launched · 0 in progress · 0 pending review · 0 completed
Pages     LCP p75 – · INP p75 – · cards p95 – · 0 reconnects
Generator not heard of yet
Latest    no trouble
`,
  );
  const erased = '\u001b[6A\u001b[0J';
  view.say('something');
  assert.equal(terminal.taken(), `${erased}something\n${block}`);
  view.passOn('from a worker');
  assert.equal(terminal.taken(), `${erased}from a worker\n${block}`);
  view.end();
  view.say('the end');
  assert.equal(terminal.taken(), `${erased}the end\n`);
});

test('the block has the figures and the latest trouble; colour only where it is wanted', () => {
  const events = [
    ...goodJourney(A),
    event(A, 61_000, { type: 'error', source: 'toast', message: 'Launch failed\nmore' }),
  ];
  const shown = (colour: boolean): string => {
    const terminal = screen(true);
    new ProgressView(terminal, colour).update(picture(events), 1, 72_000);
    return terminal.taken();
  };
  assert.match(shown(false), /^Projects {2}1 launched · .* 1 completed · mean 48 s$/m);
  assert.match(shown(false), /^Pages {5}LCP p75 240 ms · INP p75 48 ms · cards p95 30 ms · 0 reconnects$/m);
  assert.match(shown(false), /^Latest {4}analyst-01: Launch failed$/m);
  assert.ok(!shown(false).includes('\u001b['));
  assert.ok(shown(true).includes('\u001b[33manalyst-01: Launch failed'));
});
