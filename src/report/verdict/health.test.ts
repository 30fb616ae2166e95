import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HealthEvent } from '../../telemetry/events.ts';
import { judgeHealth, type HealthInput } from './health.ts';

/** A whole second of the clock. */
const S = 1_790_000_000;
const measured = { from: S * 1000, to: (S + 20) * 1000 };

function health(second: number, source: HealthEvent['source'], rest: Partial<HealthEvent>, seconds = 1): HealthEvent {
  // Windows do not begin with the clock's seconds.
  const from = (S + second) * 1000 - 137;
  return { type: 'health', source, from, to: from + seconds * 1000, ...rest };
}

const quiet = Array.from({ length: 20 }, (_, second) => [
  health(second, 'worker', { loopLagP95Ms: 2 }),
  health(second, 'page', { driftSamples: 38, driftOver50Ms: 0 }),
  health(second, 'page', { driftSamples: 37, driftOver50Ms: 0 }),
  health(second, 'machine', { cpuGenerator: 0.4, cpuProduct: 0.2, cpuRest: 0.1, psiCpuSome: 0.3 }),
]).flat();

function judged(events: HealthEvent[], changes: Partial<HealthInput> = {}, settings: Record<string, unknown> = {}) {
  const target = { kind: 'embedded' as const, baseURL: 'http://127.0.0.1:1' };
  return judgeHealth({ run: { settings, target, health: true }, events, measured, ...changes });
}

const at = (second: number, ms = 500) => (S + second) * 1000 + ms;
const suspect = (events: HealthEvent[], from: number, to: number) => judged(events).isSuspect({ span: { from, to } });

test('a quiet generator: its figures, and nothing held against it', () => {
  const { generator, broken, problems, isSuspect } = judged(quiet);
  assert.deepEqual([broken, problems], [[], []]);
  assert.equal(isSuspect({ span: { from: at(0), to: at(19) } }), false);
  assert.deepEqual(generator, {
    cpuP95: 0.4,
    productCpuP95: 0.2,
    restCpuP95: 0.1,
    psiP95: 0.3,
    loopLagP95Ms: 2,
    driftOver50msShare: 0,
    memoryPeakBytes: null,
    productMemoryPeakBytes: null,
    invalidSeconds: 0,
    judgedSeconds: 20,
  });
});

test('a second in which one worker lags takes the samples of that second with it, and no others', () => {
  const events = [...quiet, health(5, 'worker', { loopLagP95Ms: 11 })];
  assert.equal(judged(events).generator.invalidSeconds, 1);
  assert.equal(suspect(events, at(5, 100), at(5, 140)), true);
  assert.equal(suspect(events, at(4, 990), at(5, 10)), true, 'completed in it');
  assert.equal(suspect(events, at(1), at(5, 10)), true, 'completed in it, after a long time elsewhere');
  assert.equal(suspect(events, at(4), at(6)), true, 'half of it lies in it');
  assert.equal(suspect(events, at(7), at(7)), false, 'of no duration, and elsewhere');
  assert.equal(suspect(events, at(3), at(6)), false, 'began before and ended after it');
  assert.equal(suspect(events, at(6, 1), at(6, 40)), false);
  assert.equal(judged(events).isSuspect({}), false);
  assert.equal(judged([...quiet, health(5, 'worker', { loopLagP95Ms: 10 })]).generator.invalidSeconds, 0);
});

test('a worker that was away for seconds stands for each of them', () => {
  assert.equal(judged([...quiet, health(5, 'worker', { loopLagP95Ms: 2_900 }, 3)]).generator.invalidSeconds, 3);
});

test('one late timer is no verdict; more than the share among seven seconds is, for the seconds around', () => {
  const late = (second: number, count: number) => health(second, 'page', { driftSamples: count, driftOver50Ms: count });
  assert.equal(judged([...quiet, late(10, 1)]).generator.invalidSeconds, 0);
  // 528 timers in seven seconds, of which a two-hundredth is 2.6.
  assert.equal(judged([...quiet, late(10, 2)]).generator.invalidSeconds, 0);
  assert.equal(judged([...quiet, late(10, 3)]).generator.invalidSeconds, 7);
  const few = (count: number) =>
    [0, 1, 2].map((second) => health(second, 'page', { driftSamples: 10, driftOver50Ms: second === 1 ? count : 0 }));
  assert.equal(judged(few(1)).generator.invalidSeconds, 0);
  assert.equal(judged(few(2)).generator.invalidSeconds, 5);
  // Exactly the share is not past it.
  const exactly = (count: number) => [health(10, 'page', { driftSamples: 400, driftOver50Ms: count })];
  assert.equal(judged(exactly(2)).generator.invalidSeconds, 0);
  assert.equal(judged(exactly(3)).generator.invalidSeconds, 7);
});

test('the worst share of late timers is told, wherever it was', () => {
  const { broken } = judged([
    health(3, 'page', { driftSamples: 100, driftOver50Ms: 20 }),
    health(14, 'page', { driftSamples: 100, driftOver50Ms: 10 }),
  ]);
  assert.equal(
    broken[1],
    'Up to 20 % of the pages’ timers came more than 50 ms late in 14 of 20 seconds, past GUARD_DRIFT_SHARE=0.005.',
  );
});

test('timers that waited for the page’s own work are not the generator’s, while there were cores to spare', () => {
  const own = (late: number) =>
    health(10, 'page', { driftSamples: 5, driftOver50Ms: late, driftOwnOver50Ms: 5 - late });
  const machine = (cpuRest: number) => health(10, 'machine', { cpuGenerator: 0.4, cpuProduct: 0.3, cpuRest });
  const others = quiet.filter(({ source }) => source !== 'machine');
  const invalid = (events: HealthEvent[]) => judged([...others, ...events]).generator.invalidSeconds;
  assert.equal(invalid([own(0), machine(0.2)]), 0);
  assert.equal(invalid([own(3), machine(0.2)]), 7);
  assert.equal(invalid([own(0), machine(0.25)]), 7, 'slow, or made to wait: nobody can tell');
  assert.equal(invalid([own(0)]), 7, 'nobody knows of the machine');
  assert.equal(invalid([own(0), health(10, 'machine', { psiCpuSome: 0 })]), 7, 'nor of its cores');
  assert.equal(invalid([own(0), health(10, 'machine', { cpuRest: 0.9 })]), 0, 'as many as are spared in use');
});

test('figures are 95th percentiles over the seconds, and the most of memory', () => {
  const machine = Array.from({ length: 20 }, (_, second) =>
    health(second, 'machine', {
      cpuGenerator: second / 100,
      memoryGeneratorBytes: second === 7 ? 900 : 500,
      memoryProductBytes: second === 9 ? 90 : 50,
    }),
  );
  const { cpuP95, memoryPeakBytes, productMemoryPeakBytes } = judged(machine).generator;
  assert.deepEqual([cpuP95, memoryPeakBytes, productMemoryPeakBytes], [0.18, 900, 90]);
});

test('the share of late timers is that of all timers, each counted once', () => {
  const { generator } = judged([
    health(3, 'page', { driftSamples: 10, driftOver50Ms: 4, driftMaxMs: 2_600 }, 4),
    health(7, 'page', { driftSamples: 10, driftOver50Ms: 0 }),
  ]);
  assert.equal(generator.driftOver50msShare, 0.2);
});

test('the machine’s cores count against the generator only where the product is elsewhere', () => {
  const busy = Array.from({ length: 20 }, (_, second) =>
    health(second, 'machine', { cpuGenerator: 0.5, cpuProduct: 0, cpuRest: 0.2 }),
  );
  assert.deepEqual(judged([...quiet, ...busy]).broken, []);
  const attached = { kind: 'attached' as const, baseURL: 'https://staging.example.test' };
  const { broken } = judged([...quiet, ...busy], { run: { settings: {}, target: attached, health: true } });
  assert.match(
    broken.join('\n'),
    /Up to 70 % of this machine’s cores were busy in 20 of 20 seconds, past GUARD_CPU=0\.65\./,
  );
  const exactly = Array.from({ length: 20 }, (_, second) => health(second, 'machine', { cpuGenerator: 0.65 }));
  assert.deepEqual(judged(exactly, { run: { settings: {}, target: attached, health: true } }).broken, []);
  // What was past its guard for longest is told first.
  const lagging = [1, 2].map((second) => health(second, 'worker', { loopLagP95Ms: 20 }));
  const both = judged([...busy, ...lagging], { run: { settings: {}, target: attached, health: true } }).broken;
  assert.match(both[1] ?? '', /^Up to 70 % .* in 20 of 20 seconds/);
  assert.match(both[2] ?? '', /^Muster’s own processes .* in 2 of 20 seconds/);
  assert.match(both[3] ?? '', /^Try a machine with less to do or more cores, or fewer workers [^.]*\. npm run/);
  assert.doesNotMatch(both.join(), /a quieter machine/);
});

test('too many seconds past a guard: which guard, how many seconds, how bad, and what to do', () => {
  const lagging = (count: number) =>
    Array.from({ length: count }, (_, second) => health(second, 'worker', { loopLagP95Ms: 20 + second }));
  assert.deepEqual(judged([...quiet, ...lagging(5)]).broken, []);
  const shorter = { measured: { ...measured, to: measured.to - 1000 } };
  assert.match(judged([...quiet, ...lagging(5)], shorter).broken[0] ?? '', /in 5 of 19 seconds \(26 %;/);
  assert.deepEqual(judged([...quiet, ...lagging(6)]).broken, [
    'The machine that ran the browsers, not the product, was the bottleneck in 6 of 20 seconds (30 %; past 25 % a run is INVALID), so the figures say nothing about the product.',
    'Muster’s own processes came late by up to 25 ms (a worker’s event loop, 95th percentile of a second) in 6 of 20 seconds, past GUARD_LOOP_LAG_MS=10.',
    'Try fewer workers or fewer analysts in each (PER_WORKER=auto chooses both), or a quieter machine. npm run calibrate finds how many analysts this machine can carry.',
  ]);
  const target = { kind: 'embedded' as const, baseURL: 'http://127.0.0.1:1' };
  const remedyFor = (analysts: number, carries?: number) =>
    judged([...quiet, ...lagging(6)], { run: { settings: {}, target, health: true, analysts }, carries }).broken.at(-1);
  assert.equal(remedyFor(1), 'Try a quieter machine.', 'of one analyst there are no fewer');
  assert.match(remedyFor(30) ?? '', /^30 analysts were asked of this machine\. Try fewer .* npm run calibrate finds/);
  assert.match(
    remedyFor(30, 15) ?? '',
    /^30 analysts were asked of this machine; when it was calibrated it carried 15\. Try [^.]*\.$/,
  );
  assert.deepEqual(judged([...quiet, ...lagging(6)], {}, { GUARD_INVALID_SHARE: 0.5 }).broken, []);
  assert.deepEqual(judged([...quiet, ...lagging(6)], {}, { GUARD_LOOP_LAG_MS: 30 }).broken, []);
});

test('only what lies between start line and last step counts', () => {
  const outside = [-2, -1, 20, 21, 22].map((second) => health(second, 'worker', { loopLagP95Ms: 500 }));
  assert.equal(judged([...quiet, ...outside]).generator.invalidSeconds, 0);
  const { generator, broken } = judgeHealth({
    run: { settings: {}, target: { kind: 'embedded', baseURL: '' }, health: true },
    events: quiet,
  });
  assert.deepEqual([generator.invalidSeconds, generator.cpuP95, broken], [null, null, []]);
});

test('a run of a moment has no whole second of a page, and owes none', () => {
  const moment = { ...measured, to: measured.from + 2_500 };
  assert.deepEqual(judged([], { measured: moment }).problems, []);
  const lasting = (seconds: number) => ({ measured: { ...measured, to: measured.from + seconds * 1000 } });
  assert.equal(judged([], lasting(3)).problems.length, 0);
  assert.equal(judged([], lasting(4)).problems.length, 2);
  const outside = quiet.map((event) => ({ ...event, from: event.from + 60_000, to: event.to + 60_000 }));
  assert.equal(judged(outside).problems.length, 2, 'recorded, but not while analysts worked');
});

test('a run that should watch itself and did not is incomplete; one of an older version is only silent', () => {
  const { problems, generator } = judged(quiet.filter(({ source }) => source !== 'page'));
  assert.match(problems.join(), /^No page recorded its own health/);
  assert.equal(generator.driftOver50msShare, null);
  const run = { settings: {}, target: { kind: 'embedded' as const, baseURL: '' } };
  const silent = judgeHealth({ run, events: [], measured });
  assert.deepEqual(
    [silent.problems, silent.generator.invalidSeconds, silent.generator.judgedSeconds],
    [[], null, null],
  );
});
