/**
 * The machine, each second: which share of all cores the generator used (this process and all that descend from it), which
 * the product (if it is on this machine), which everything else; how long something had to wait for a core; and, every
 * five seconds, the memory of both. From /proc: on other systems than Linux nothing of this is known.
 *
 * In the runner's own process, because there it costs 1–3 ms a second and ends with it, however that ends.
 */
import type { HealthEvent } from '../events.ts';
import type { HealthWatch } from './loop-lag.ts';
import { looker, memoryOf, sharesBetween, tellsOfProcesses } from './machine-look.ts';

const windowMs = 1000;
/** Proportional memory is summed up from all pages of a process, which costs the kernel about a millisecond each. */
const memoryEveryMs = 5000;

/** Samples until stopped; keeps no process alive. Records nothing where the system tells nothing. */
export function watchMachine(
  record: (event: HealthEvent) => void,
  { productPort, proc = '/proc' }: { readonly productPort: number | undefined; readonly proc?: string },
): HealthWatch {
  if (!tellsOfProcesses(proc)) return { stop: () => undefined };
  const look = looker({ proc, root: process.pid, productPort });
  let failure: Error | undefined;
  const fail = (error: unknown): void => {
    failure ??= error instanceof Error ? error : new Error(String(error));
  };
  let before = look();
  let memory: Partial<HealthEvent> = {};
  let memoryAt = -Infinity;
  const sample = (): void => {
    const after = look();
    const event = sharesBetween(before, after);
    before = after;
    if (!event) return;
    record({ ...event, ...memory });
    memory = {};
    if (after.at < memoryAt + memoryEveryMs) return;
    memoryAt = after.at;
    Promise.all([memoryOf(proc, after.processes, after.generator), memoryOf(proc, after.processes, after.product)])
      .then(([memoryGeneratorBytes, memoryProductBytes]) => {
        memory = { memoryGeneratorBytes, ...(after.product.size > 0 && { memoryProductBytes }) };
      })
      .catch(fail);
  };
  const timer = setInterval(() => {
    try {
      sample();
    } catch (error) {
      fail(error);
    }
  }, windowMs);
  timer.unref();
  return {
    stop() {
      // What is left of the last window is too short for the kernel's ticks of ten milliseconds.
      clearInterval(timer);
      if (failure) throw failure;
    },
  };
}
