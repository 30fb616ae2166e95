/** The journal's records: appended (and synced to disk) before and after each thing that a run creates. */
import { z } from 'zod';

const base = { v: z.literal(1), at: z.number(), runId: z.string(), analyst: z.string() };

export const journalRecordSchema = z.discriminatedUnion('type', [
  /** Written before the Launch click. */
  z.object({ ...base, type: z.literal('intended'), project: z.string(), bundle: z.string(), organization: z.string() }),
  /** The product accepted the launch. */
  z.object({
    ...base,
    type: z.literal('acknowledged'),
    project: z.string(),
    projectId: z.string(),
    productRunId: z.string(),
  }),
  /** The product refused the launch: nothing was created. */
  z.object({ ...base, type: z.literal('refused'), project: z.string(), status: z.int(), message: z.string() }),
  /** Somebody of this run is about to delete it on purpose. */
  z.object({ ...base, type: z.literal('deleting'), project: z.string() }),
  /** The owner saw it end. */
  z.object({ ...base, type: z.literal('ended'), project: z.string(), end: z.string() }),
  /**
   * Teardown's own records, one an organisation: what the list said before and after deleting, one entry a project. Where
   * the list could not be opened in the end, whatever the product may have accepted counts as listed and as remaining.
   */
  z.object({
    ...base,
    type: z.literal('swept'),
    organization: z.string(),
    listed: z.array(z.string()),
    deleted: z.array(z.string()),
    remaining: z.array(z.string()),
    /** Those that had still not come to an end long after they had been cancelled. */
    stuck: z.array(z.string()).optional(),
    /** The list could not be opened in the end: what counts as remaining is supposed, not seen. */
    looked: z.literal(false).optional(),
    /** Projects of other organisations that the list showed; in none of the other lists. */
    foreign: z.array(z.string()).optional(),
  }),
]);
export type JournalRecord = z.infer<typeof journalRecordSchema>;
