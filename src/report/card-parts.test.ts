import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CardParts } from './card-parts.ts';
import { drawCardParts } from './charts/card-chart.ts';
import { event, T0 } from './sample-run.testing.ts';

const A = 'analyst-01';

function card(own: boolean, sent: number | undefined, arrived: number, painted: number) {
  return event(A, 9_000, {
    type: 'card',
    project: 'P',
    own,
    status: 'Processing',
    committedAt: T0,
    ...(sent === undefined ? {} : { sentAt: T0 + sent }),
    arrivedAt: T0 + arrived,
    paintedAt: T0 + painted,
  });
}

test('a card’s time in its parts, the own and colleagues’ apart; what is not known whole, or was taken in a doubtful second, is left out', () => {
  const parts = new CardParts();
  const doubtful = card(true, 1, 2, 900);
  parts.add(
    [card(true, 2, 10, 40), card(false, 4, 5, 25), card(true, undefined, 1, 2), doubtful],
    0,
    ({ span }) => span.to > T0 + 500,
  );
  parts.add([card(false, 1, 2, 3)], undefined, () => false);
  assert.deepEqual(
    parts.parts().map(({ part, card: whose, samples, p50 }) => [whose, part, samples, p50]),
    [
      ['own', 'committed → sent', 1, 2],
      ['own', 'sent → arrived', 1, 8],
      ['own', 'arrived → painted', 1, 30],
      ['own', 'committed → painted', 1, 40],
      ['colleague', 'committed → sent', 1, 4],
      ['colleague', 'sent → arrived', 1, 1],
      ['colleague', 'arrived → painted', 1, 20],
      ['colleague', 'committed → painted', 1, 25],
    ],
  );
});

test('the page’s clock is brought to the product’s: half a second ahead makes no change older', () => {
  const parts = new CardParts();
  parts.add([card(true, 2, 510, 540)], 500, () => false);
  assert.deepEqual(
    parts.parts().map(({ p50 }) => p50),
    [2, 8, 30, 40],
  );
});

test('the chart’s title says how fresh cards are, and what takes longest; without a change there is none', async () => {
  const parts = new CardParts();
  parts.add([...Array.from({ length: 20 }, () => card(true, 2, 10, 40)), card(false, 1, 5, 25)], 0, () => false);
  const drawn = await drawCardParts(parts.parts());
  assert.equal(
    drawn?.title,
    'How fresh cards are: own card 40 ms in the median, p95 40 ms; colleague’s card 25 ms in the median of one change. What takes longest: until the page has painted it (own card, p95 30 ms)',
  );
  assert.match(drawn.wide, /<title>own card, arrived → painted: median 30 ms, p95 30 ms, 20 changes<\/title>/);
  assert.equal(await drawCardParts([]), undefined);
});
