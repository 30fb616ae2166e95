import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LivePicture, type Picture } from '../live/picture.ts';
import { guard } from './guard.ts';
import { ProgressView } from './progress.ts';
import { widthOf } from './text.ts';
import { event, goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';

const A = 'analyst-01';
const plain = { colour: false, moves: false };
const still = { colour: false, moves: true };

function picture(events = goodJourney(A), journal = goodJournal([A])): Picture {
  const live = new LivePicture(sampleRun);
  live.add({ events, journal });
  return live.at(T0 + 60_000);
}

const zero = picture([], []);
const moment = (elapsedMs: number, shown = zero, analysts = 2) => ({ picture: shown, analysts, elapsedMs });

function paper() {
  const written: string[] = [];
  return { write: (text: string) => written.push(text), taken: () => written.splice(0).join('') };
}

/** A terminal, as far as we use one: it breaks lines that are too long, and those on it when it is made narrower. */
class Terminal {
  columns: number;
  #rows: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  write(text: string): void {
    // eslint-disable-next-line no-control-regex -- what moves the cursor.
    for (const [part = ''] of text.matchAll(/\u001b\[(\d*)([A-Z])|[^]/gu)) {
      if (part.startsWith('\u001b')) this.#move(part.at(-1) ?? '', Number(part.slice(2, -1)));
      else if (part === '\n') this.#to(this.#row + 1, 0);
      else if (part === '\r') this.#to(this.#row, 0);
      else this.#print(part);
    }
  }

  /** Lines that no longer fit go on below. */
  narrow(columns: number): void {
    const above = this.#rows
      .slice(0, this.#row)
      .flatMap((row) => row.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? ['']);
    this.columns = columns;
    this.#rows = [...above, ''];
    this.#to(above.length, 0);
  }

  get screen(): string {
    return this.#rows
      .map((row) => row.trimEnd())
      .join('\n')
      .trimEnd();
  }

  #print(sign: string): void {
    if (this.#column + widthOf(sign) > this.columns) this.#to(this.#row + 1, 0);
    const row = (this.#rows[this.#row] ?? '').padEnd(this.#column);
    this.#rows[this.#row] = row.slice(0, this.#column) + sign + row.slice(this.#column + sign.length);
    this.#column += sign.length;
  }

  #move(what: string, count: number): void {
    if (what === 'A') this.#row = Math.max(0, this.#row - count);
    this.#rows[this.#row] = (this.#rows[this.#row] ?? '').slice(0, what === 'A' ? undefined : this.#column);
    if (what === 'J') this.#rows.length = this.#row + 1;
  }

  #to(row: number, column: number): void {
    this.#row = row;
    this.#column = column;
    while (this.#rows.length <= row) this.#rows.push('');
  }
}

const block = (elapsed: string): string => `Elapsed   ${elapsed}
Analysts  0 of 2 signed in · 0 at work · 0 finished
Projects  0 launched · 0 in the queue · 0 in progress · 0 pending review
          0 completed · 0 failed · 0 rate-limited · mean –
Pages     LCP p75 – · INP p75 – · card freshness p95 –
Sockets   0 opened · 0 reconnected · 0 closed abnormally
Generator not heard of yet
Latest    no trouble`;

test('without a terminal: a line, another only when something changed, and each trouble once', () => {
  const screen = paper();
  const view = new ProgressView(screen, plain);
  const toast = event(A, 61_000, { type: 'error', source: 'toast', message: 'Launch failed\nmore' });
  view.update(moment(1_000, zero, 15));
  view.update(moment(11_000, zero, 15));
  view.update(moment(21_000, picture(), 15));
  view.update(moment(31_000, picture([...goodJourney(A), toast]), 15));
  view.update(moment(41_000, picture([...goodJourney(A), toast]), 15));
  view.say('analyst-01 · coffee: done');
  view.passOn('no newline');
  view.end();
  assert.equal(
    screen.taken(),
    `   1.0 s  0 of 15 signed in · 0 at work · 0 finished
    21 s  1 finished · 1 launched · 1 completed · mean 48 s · LCP p75 240 ms · INP p75 48 ms
          cards p95 30 ms
    31 s  trouble: analyst-01: Launch failed
analyst-01 · coffee: done
no newline`,
  );
});

test('on a terminal: one block that is drawn over, below everything else, and gone in the end', () => {
  const screen = new Terminal(120);
  const view = new ProgressView(screen, still);
  view.update(moment(1_000));
  assert.equal(screen.screen, block('1.0 s'));
  view.say('something');
  view.passOn('from a ');
  assert.equal(screen.screen, `something\n${block('1.0 s')}`);
  view.passOn('worker\nand');
  view.update(moment(2_000));
  assert.equal(screen.screen, `something\nfrom a worker\n${block('2.0 s')}`);
  // What somebody types, such as ^C, stands where the cursor is.
  screen.write('^C');
  view.update(moment(3_000));
  assert.equal(screen.screen, `something\nfrom a worker\n${block('3.0 s')}`);
  view.end();
  view.say('the end');
  assert.equal(screen.screen, 'something\nfrom a worker\nand\nthe end');
});

test('after ^C, with whatever line breaks come with it, the block stays as it was and there is none any more', () => {
  const screen = new Terminal(120);
  const view = new ProgressView(screen, still);
  view.update(moment(1_000));
  screen.write('^C\n');
  view.sayInterrupted('Interrupted.');
  screen.write('\n');
  view.update(moment(2_000));
  view.sayFailure('analyst-01: interrupted');
  view.end();
  assert.equal(screen.screen, `${block('1.0 s')}\n^C\n\nInterrupted.\n\nanalyst-01: interrupted`);
});

test('a narrow terminal is not torn; one that is made narrower keeps the block that it broke, and has a whole one below', () => {
  const screen = new Terminal(120);
  const view = new ProgressView(screen, still);
  const trouble = picture([
    ...goodJourney(A),
    event(A, 1, { type: 'error', source: 'page', message: '漢字'.repeat(60) }),
  ]);
  view.say('above');
  view.update(moment(1_000, trouble));
  screen.narrow(60);
  view.update(moment(2_000, trouble));
  view.sayFailure(`analyst-02 · coffee: failed: ${'long '.repeat(200)}`);
  view.update(moment(3_000, trouble));
  const rows = screen.screen.split('\n');
  assert.equal(rows[0], 'above');
  assert.deepEqual(
    rows.filter((row) => row.startsWith('Elapsed')),
    ['Elapsed   1.0 s', 'Elapsed   3.0 s'],
  );
  assert.equal(rows.filter((row) => row.startsWith('Latest')).length, 2);
  const since = rows.slice(rows.findIndex((row) => row.startsWith('analyst-02 · coffee: failed: long long')));
  assert.deepEqual([since[4], since.length], ['…', 5 + 8], screen.screen);
  assert.ok(since.every((row) => widthOf(row) < 60));
  assert.match(since.at(-1) ?? '', /^Latest {4}analyst-01: (漢字)+漢?…$/);
});

test('what others write to the terminal goes above the block, until it is gone; a bell waits for no line', async () => {
  const screen = new Terminal(80);
  const own = (text: string): unknown => screen.write(text);
  const stream = { write: own } as unknown as NodeJS.WriteStream;
  const view = new ProgressView(stream, still);
  const free = guard([stream], (chunk) => view.passOn(chunk));
  view.update(moment(1_000));
  await new Promise<void>((resolve) => stream.write('Monitor   http://127.0.0.1\n', () => resolve()));
  stream.write(Buffer.from('é\n'));
  assert.equal(screen.screen, `Monitor   http://127.0.0.1\né\n${block('1.0 s')}`);
  view.end();
  free();
  assert.ok(Object.is(Reflect.get(stream, 'write'), own));
  stream.write('after\n');
  assert.equal(screen.screen, 'Monitor   http://127.0.0.1\né\nafter');
  const raw = paper();
  new ProgressView(raw, still).passOn('\u0007');
  assert.equal(raw.taken(), '\u0007');
});

test('the block has the figures and the latest trouble; colour only where it is wanted', () => {
  const events = [
    ...goodJourney(A),
    event(A, 61_000, { type: 'error', source: 'toast', message: 'Launch failed\nmore' }),
  ];
  const shown = (colour: boolean): string => {
    const screen = paper();
    const view = new ProgressView(screen, { colour, moves: true });
    view.passOn('\u001b[31mfrom a worker\u001b[39m\n');
    view.update(moment(72_000, picture(events), 1));
    // eslint-disable-next-line no-control-regex -- where the cursor goes is not asked here.
    return screen.taken().replaceAll(/\r|\u001b\[\d*[AJK]/g, '');
  };
  assert.match(shown(false), /^Projects {2}1 launched · .* 0 pending review\n {10}1 completed · .* · mean 48 s$/m);
  assert.match(shown(false), /^Pages {5}LCP p75 240 ms · INP p75 48 ms · card freshness p95 30 ms$/m);
  assert.match(shown(false), /^Latest {4}analyst-01: Launch failed$/m);
  assert.ok(!shown(false).includes('\u001b['));
  assert.ok(shown(true).includes('\u001b[33manalyst-01: Launch failed'));
});
