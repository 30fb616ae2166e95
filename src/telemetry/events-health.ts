/** The generator’s own health, and who else is load on its machine. */
import { z } from 'zod';

/**
 * One second of the generator's own health. The record's `analyst` is `analyst-NN` for a page, `worker-N` for a worker,
 * `machine` for the machine. What cannot be had is left out.
 */
export const healthEvent = z.object({
  type: z.literal('health'),
  source: z.enum(['worker', 'page', 'machine']),
  /** The window, milliseconds since 1970. */
  from: z.number(),
  to: z.number(),
  /** Worker: delay of the event loop within the window. */
  loopLagP95Ms: z.number().optional(),
  loopLagMaxMs: z.number().optional(),
  /**
   * Page: samples of timer drift (about five a second), how many were more than 50 ms late and the latest, both with the
   * page's own work taken off; and how many more were late, but by that work.
   */
  driftSamples: z.int().optional(),
  driftOver50Ms: z.int().optional(),
  driftOwnOver50Ms: z.int().optional(),
  driftMaxMs: z.number().optional(),
  /** Machine: shares of all cores, 0–1. */
  cpuGenerator: z.number().optional(),
  cpuProduct: z.number().optional(),
  cpuRest: z.number().optional(),
  /** Machine: the share of the window in which something waited for a core (the kernel's pressure figure `some`). */
  psiCpuSome: z.number().optional(),
  memoryGeneratorBytes: z.number().optional(),
  memoryProductBytes: z.number().optional(),
});

/** A browser began to look at the live monitor, or the last one stopped. */
export const watcherEvent = z.object({ type: z.literal('watcher'), looking: z.boolean() });
