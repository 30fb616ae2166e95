/** An analyst's telemetry that sees and records nothing: what a journey costs without being watched. */
import type { instrument, Telemetry } from '../src/telemetry/instrument.ts';
import type { Recorder } from '../src/telemetry/recorder.ts';

/** Stands where `instrument` does. */
export const silently: typeof instrument = () => {
  let current: string | undefined;
  const telemetry: Telemetry = {
    async step(name, action) {
      const outer = current;
      current = name;
      try {
        return await action();
      } catch (cause) {
        throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      } finally {
        current = outer;
      }
    },
    schedule: () => undefined,
    currentStep: () => current,
    startMeasuring: () => undefined,
    watch: () => undefined,
    interactedAt: () => Promise.resolve(undefined),
    flush: () => Promise.resolve(),
    finish: () => Promise.resolve(),
    problems: () => [],
  };
  return Promise.resolve(telemetry);
};

export const silentRecorder: Recorder = { record: () => undefined, close: () => undefined };
