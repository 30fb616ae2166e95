/** The end of a run that was cut off before it could tell its own: folded from what its workers had written by then. */
import { readPlan } from '../run/plan.ts';
import { conclude, type Conclusion } from './conclude.ts';
import { RunFiles } from './records.ts';

/** Folds and judges such a run, and writes its `summary.json` and `report.html`; one that goes on replaces them at its end. */
export async function concludeLater(runFolder: string): Promise<Conclusion> {
  const files = new RunFiles(runFolder);
  let lastAt = 0;
  for await (const batch of files.events()) for (const { at } of batch) lastAt = Math.max(lastAt, at);
  for (const { at } of await files.journal()) lastAt = Math.max(lastAt, at);
  // Without a plan nobody knows who was selected; those who began are known from their records.
  const plan = await readPlan(runFolder).catch(() => undefined);
  return conclude(runFolder, {
    status: 'interrupted',
    tests: { passed: 0, failed: [], notRun: [] },
    startupErrors: [],
    errors: [],
    expected: plan?.analysts ?? [],
    endedAt: new Date(lastAt || Date.now()),
  });
}
