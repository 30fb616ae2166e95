import assert from 'node:assert/strict';
import test from 'node:test';
import type { EventBody } from '../telemetry/events.ts';
import { discreetMessage, placesIn, withoutWords } from './discretion.ts';
import { PlainError } from './plain-error.ts';

const secret = 'quixotic';

test('a plain error tells its sentence, wherever it stands in the chain, and never what a page said', () => {
  const plain = new PlainError('The product refused the launch of "P" with 400:', `${secret} is no column`);
  assert.match(plain.message, /with 400: quixotic/);
  assert.equal(
    discreetMessage(new Error(`launch: ${plain.message}`, { cause: plain })),
    'The product refused the launch of "P" with 400. Withheld: the data is private; --headed shows it.',
  );
});

test('of any other error only fixed words stay', () => {
  const told = (message: string): string => discreetMessage(new Error(message));
  assert.equal(told(`${secret} went wrong`), 'Withheld: the data is private; --headed shows it.');
  assert.equal(
    told(`locator.click: Timeout 5000ms exceeded.\nCall log:\n  - waiting for getByText('${secret}.sav')`),
    'locator.click: Timeout 5000ms exceeded. Withheld: the data is private; --headed shows it.',
  );
  assert.equal(
    told(`Data File should hold ${secret}.sav\n\nexpect(locator).toBeVisible() failed`),
    'expect(locator).toBeVisible. Withheld: the data is private; --headed shows it.',
  );
  assert.match(
    told('The card of "P — analyst-01 b" shows "Cancelled" and will not reach "Finished".'),
    /^shows "Cancelled" and will not reach "Finished"\. /,
  );
  for (const text of [`"${secret}" is net::ERR_ABORTED`, `status of 500 for ${secret}`, `TypeError: no ${secret}`])
    assert.ok(!told(text).includes(secret) && told(text).length > 51, told(text));
  assert.equal(
    placesIn(`Error: ${secret}\nand ${secret}\n    at run (file.ts:1:2)\n    at file.ts:3:4`),
    '    at run (file.ts:1:2)\n    at file.ts:3:4',
  );
});

test('no event carries what a page or the product said', () => {
  const project = 'P — analyst-01 b';
  const events: EventBody[] = [
    { type: 'error', source: 'toast', message: `Launch failed ${secret}` },
    { type: 'error', source: 'telemetry', message: `unreadable: {"column":"${secret}"` },
    {
      type: 'vital',
      name: 'LCP',
      kind: 'hard',
      page: 'review',
      navigationId: 'd/1',
      metricId: 'm',
      value: 1,
      rating: 'good',
      measured: true,
      attribution: { target: `#${secret}`, url: `/${secret}.png`, timeToFirstByte: 12 },
    },
    {
      type: 'long-frame',
      page: 'review',
      startedAt: 1,
      durationMs: 60,
      blockingMs: 10,
      ownMs: 50,
      script: { durationMs: 50, invoker: `BUTTON#${secret}.onclick`, source: `/${secret}.js`, name: secret },
    },
    {
      type: 'marker',
      owner: 'analyst-02',
      place: 'response',
      where: `GET /files/${secret}.sav`,
      excerpt: `… ${secret} …`,
    },
    {
      type: 'result',
      project,
      file: 'crosstabs.xlsx',
      says: secret,
      golden: 'different',
      differences: [`Table ${secret} is missing.`, 'Weight'],
    },
    { type: 'session', what: 'not-renewed', why: `it shows ${secret}` },
  ];
  for (const event of events) {
    const told = withoutWords(event);
    assert.equal(told.type, event.type);
    assert.ok(!JSON.stringify(told).includes(secret), JSON.stringify(told));
  }
  assert.deepEqual(withoutWords(events[2] ?? assert.fail()), { ...events[2], attribution: { timeToFirstByte: 12 } });
  assert.match(JSON.stringify(withoutWords(events[5] ?? assert.fail())), /2 differences\./);
  const result: EventBody = {
    type: 'result',
    project,
    file: 'crosstabs.xlsx',
    says: project,
    golden: 'none',
    differences: [],
  };
  assert.deepEqual(withoutWords(result), result);
});
