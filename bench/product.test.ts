import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestFigures } from './product.ts';

const line = (second: number, durationMs: number, msg = 'request'): string =>
  JSON.stringify({ level: 'info', time: `2026-11-21T10:00:0${second}.000Z`, durationMs, msg });

test('latencies come from the lines of requests alone, from the start on', () => {
  const log = [line(1, 900), line(2, 4), line(3, 1), line(3, 700, 'run'), line(4, 10), ''].join('\n');
  const figures = requestFigures(log, Date.parse('2026-11-21T10:00:02.000Z'));
  assert.deepEqual(figures, { requests: 3, requestP50Ms: 4, requestP95Ms: 10 });
});

test('a product that nobody asked has no latencies', () => {
  assert.deepEqual(requestFigures('', 0), { requests: 0, requestP50Ms: null, requestP95Ms: null });
});
