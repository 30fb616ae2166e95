/** A measurement for tests. */
import type { Measurement } from './measurement.ts';

/** `cpu`: seconds of the renderers, in all; nothing else uses any. `memoryMB`: in all. */
export function measurementOf(
  given: Partial<Measurement> & { readonly cpu?: number; readonly memoryMB?: number },
): Measurement {
  const { cpu = 20, memoryMB = 800, ...rest } = given;
  const none = { runner: 0, workers: 0, browser: 0, renderers: 0, helpers: 0 };
  return {
    arm: 'muster',
    analysts: 10,
    journey: 'dwell',
    at: '2026-11-21T10:00:00.000Z',
    browser: 'Chromium 156 (headless shell)',
    finished: 10,
    wallSeconds: 40,
    startLineSeconds: 8,
    peakBytes: memoryMB * 1e6,
    peakByPart: none,
    cpuSeconds: { ...none, renderers: cpu },
    restShare: 0,
    product: { cpuSeconds: 3, requests: 40, requestP50Ms: 2, requestP95Ms: 9, runP50Ms: null },
    inp: { kept: 10, expected: 10 },
    cls: { kept: 10, expected: 10 },
    guards: { past: 1, judged: 20 },
    ...rest,
  };
}
