import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QueueDepth, Timeline } from '../timeline.ts';
import { bounded, inColumns, jointNote } from './marks.ts';
import { drawTimeline } from './time-chart.ts';

const HOUR = 3_600_000;
const T0 = Date.parse('2026-03-01T10:00:00.000Z');

/** As many analysts, each with a step of a second after pauses of three seconds to two and a half minutes. */
function long(analysts: number, hours: number): Timeline {
  const to = T0 + hours * HOUR;
  const seconds = (to - T0) / 1000;
  const each = <T>(count: number, make: (place: number) => T): T[] =>
    Array.from({ length: count }, (_, place) => make(place));
  return {
    from: T0,
    to,
    startedAt: T0,
    lanes: each(analysts, (place) => {
      const steps: Timeline['lanes'][number]['steps'][number][] = [];
      for (let at = T0; at < to; at += 1000 + 3000 * (1 + ((steps.length * 37 + place) % 50)))
        steps.push({ name: 'open-project', from: at, to: at + 1000, outcome: 'ok' });
      const analyst = `analyst-${String(place + 1).padStart(2, '0')}`;
      return { analyst, bundle: 'coffee', outcome: 'ok', steps, phases: [] };
    }),
    depths: each(seconds, (second) => ({
      at: T0 + second * 1000,
      queued: second === 7 ? 40 : 1,
      running: 3,
      review: 0,
    })),
    machine: each(seconds, (second) => ({
      at: T0 + second * 1000,
      generator: 0.5,
      product: undefined,
      rest: 0.1,
      loopLagMs: second === 11 ? 99 : 1,
    })),
    suspect: each(seconds / 10, (place) => ({ from: T0 + place * 10_000, to: T0 + place * 10_000 + 1000 })),
  };
}

test('spans of one kind that lie closer than a pixel are one mark, others stay; none is lost', () => {
  const span = (key: string, from: number, to: number) => ({ key, from, to });
  const spans = [span('a', 0, 10), span('b', 5, 8), span('a', 12, 20), span('a', 40, 50)];
  const { marks, gapMs } = bounded(spans, 5, 100);
  assert.equal(gapMs, 5);
  assert.deepEqual(
    marks.map(({ key, from, to, count }) => [key, from, to, count]),
    [
      ['a', 0, 20, 2],
      ['a', 40, 50, 1],
      ['b', 5, 8, 1],
    ],
  );
  assert.equal(jointNote([{ marks, gapMs }], 5), '', 'what nobody can see needs no words');
});

test('of too many ever more are joined, and that is said', () => {
  const spans = Array.from({ length: 1000 }, (_, place) => ({
    key: `${place % 10}`,
    from: place * 100,
    to: place * 100 + 10,
  }));
  const drawn = bounded(spans, 1, 100);
  assert.ok(drawn.marks.length <= 100);
  assert.equal(
    drawn.marks.reduce((sum, { count }) => sum + count, 0),
    1000,
  );
  assert.match(jointNote([drawn], 1), /bars of one colour less than 1\.0 s apart may be drawn as one/);
});

test('a column tells the deepest queue and the latest loop in it, so that no peak is lost', () => {
  const { depths, machine, suspect } = inColumns(long(1, 1), 100);
  assert.ok(depths.length <= 101 && machine.length <= 101 && suspect.length <= 101);
  assert.equal(
    depths.reduce((most, { queued }) => Math.max(most, queued), 0),
    40,
  );
  assert.equal(
    machine.reduce((most, { loopLagMs = 0 }) => Math.max(most, loopLagMs), 0),
    99,
  );
  assert.ok(machine.every(({ generator = 0 }) => Math.abs(generator - 0.5) < 1e-9));
  const few: QueueDepth[] = [{ at: T0, queued: 1, running: 0, review: 0 }];
  assert.equal(inColumns({ ...long(1, 1), depths: few }, 100).depths, few, 'few stay as they are');
});

test('sixty analysts over six hours make a chart that is not much larger than that of one hour, and it says so', async () => {
  const one = await drawTimeline(long(60, 1), 10);
  const six = await drawTimeline(long(60, 6), 10);
  assert.match(six.note, /drawn as one/);
  assert.ok(six.wide.length < 1.5 * one.wide.length, `${one.wide.length}, then ${six.wide.length} characters`);
  assert.ok(six.wide.length + six.narrow.length < 2e6, `${six.wide.length} and ${six.narrow.length} characters`);
});

test('a step that is too short to be seen is drawn as long as can be; where it is narrow, names begin with what tells them apart', async () => {
  const { wide, narrow } = await drawTimeline({ ...long(2, 1), suspect: [] }, 10);
  const widths = [...wide.matchAll(/d="M[^"]*?h(-?[\d.]+)v[^"]*"[^>]*fill="var\(--step\)"/g)].map(([, px]) =>
    Number(px),
  );
  assert.ok(widths.length > 0 && widths.every((px) => Math.abs(px) > 1.8), `${Math.min(...widths)} pixels`);
  assert.match(
    wide,
    />seconds from the start line, 10:00:00 UTC<.*>analyst-02<.*>seconds from the start line, 10:00:00 UTC</s,
  );
  assert.ok(narrow.includes('>02<') && !narrow.includes('>analyst-02<'));
  assert.ok(
    !wide.includes('machine too busy') && (await drawTimeline(long(1, 1), 10)).wide.includes('machine too busy'),
  );
});
