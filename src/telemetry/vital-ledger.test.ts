import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VitalReport } from './in-page/messages.ts';
import { VitalLedger } from './vital-ledger.ts';

test('of each vital the last value is written, once, and only when there is a new one', () => {
  const ledger = new VitalLedger({ pageName: (url) => url.slice(1), measuringFrom: () => 50 });
  assert.deepEqual(
    ledger.navigated({
      type: 'navigation',
      kind: 'hard',
      navigation: 'load',
      url: '/dashboard',
      document: 'd',
      at: 60,
    }),
    {
      type: 'navigation',
      kind: 'hard',
      navigationId: 'd/load',
      page: 'dashboard',
      measured: true,
    },
  );
  const vital = (value: number, at: number): VitalReport & { document: string; at: number } => ({
    type: 'vital',
    kind: 'hard',
    navigation: 'load',
    url: '/elsewhere',
    name: 'INP',
    metricId: 'm1',
    value,
    rating: 'good',
    attribution: { interactionTarget: '#a' },
    document: 'd',
    at,
  });
  ledger.reported(vital(40, 70));
  ledger.reported(vital(80, 90));
  ledger.reported(vital(40, 70));
  assert.deepEqual(ledger.take(), [
    {
      type: 'vital',
      name: 'INP',
      kind: 'hard',
      navigationId: 'd/load',
      metricId: 'm1',
      value: 80,
      rating: 'good',
      takenAt: 90,
      attribution: { interactionTarget: '#a' },
      page: 'dashboard',
      measured: true,
    },
  ]);
  assert.deepEqual(ledger.take(), []);
  ledger.reported(vital(120, 100));
  assert.deepEqual(
    ledger.take().map(({ value }) => value),
    [120],
  );
});

test('a navigation that began before the start line is not measured, whenever its vitals come', () => {
  let from = Infinity;
  const ledger = new VitalLedger({ pageName: (url) => url, measuringFrom: () => from });
  ledger.navigated({ type: 'navigation', kind: 'hard', navigation: 'load', url: 'a', document: 'd', at: 60 });
  from = 70;
  ledger.reported({
    type: 'vital',
    kind: 'hard',
    navigation: 'load',
    url: 'a',
    name: 'LCP',
    metricId: 'm',
    value: 1,
    rating: 'good',
    attribution: {},
    document: 'd',
    at: 80,
  });
  assert.equal(ledger.take()[0]?.measured, false);
});
