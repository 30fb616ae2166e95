/** The event loop of a Node process of the generator: how late it comes to its timers, second by second. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { HealthEvent } from '../events.ts';

/** The probe's own period. Node's histogram holds the whole time between two of its ticks, so that the period is taken off. */
const resolutionMs = 10;
const windowMs = 1000;

/** A watch that was begun; `stop` ends it and records what is left of the last window. */
export interface HealthWatch {
  /** @throws the first error that recording met: a gap in health is never silent. */
  stop(): void;
}

/**
 * Records the delay of this process's event loop each second, until it is stopped; keeps no process alive.
 * One long block in an otherwise idle second shows in `loopLagMaxMs` and hardly in `loopLagP95Ms`: it is one of a few ticks.
 */
export function watchLoop(record: (event: HealthEvent) => void): HealthWatch {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  let from = Date.now();
  let failure: Error | undefined;
  const lag = (ns: number): number => Math.max(0, ns / 1e6 - resolutionMs);
  const close = (): void => {
    const to = Date.now();
    // A window without a single tick is the block's beginning: its end falls into the next one.
    if (delay.count > 0 && failure === undefined) {
      try {
        record({
          type: 'health',
          source: 'worker',
          from,
          to,
          loopLagP95Ms: lag(delay.percentile(95)),
          loopLagMaxMs: lag(delay.max),
        });
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
      }
      delay.reset();
      from = to;
    }
  };
  delay.enable();
  const timer = setInterval(close, windowMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      close();
      delay.disable();
      if (failure) throw failure;
    },
  };
}
