/** `results/<runId>/run.json`: what this run is. Written once by global setup, completed with the start epoch, read by the report. */
import { z } from 'zod';
import { estimateSchema } from './preflight/estimate.ts';

export const runFileSchema = z.object({
  schema: z.literal(1),
  runId: z.string().min(1),
  /** The shard's number, counted from 1; absent or null when the run is not cut into shards. */
  shard: z.int().positive().nullish(),
  prefix: z.string().min(1),
  startedAt: z.iso.datetime(),
  target: z.object({ kind: z.enum(['embedded', 'attached']), baseURL: z.string() }),
  /** The name of the load's shape. */
  profile: z.string(),
  /** How many analysts were asked for. */
  analysts: z.int().nonnegative(),
  /** How many of them can be at work at once: min(analysts, workers × analysts per worker). */
  atOnce: z.int().nonnegative().optional(),
  /** The bundles that take part, and how large their data files are. */
  bundles: z.array(z.object({ name: z.string(), dataBytes: z.int().positive() })).optional(),
  /** Never a secret among them. */
  settings: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.string()),
  host: z.record(z.string(), z.unknown()),
  /** What it was expected to ask of an attached product. */
  estimate: estimateSchema.optional(),
  /** When the start line opened, milliseconds since 1970. */
  startEpoch: z.number().optional(),
  /** Whether the generator's health is recorded; absent in runs of older versions. */
  health: z.boolean().optional(),
  /** What of the machine's health this system does not tell, a sentence each. */
  healthLacks: z.array(z.string()).optional(),
});

export type RunFile = z.infer<typeof runFileSchema>;
