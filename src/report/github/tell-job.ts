/** Tells the CI job that runs us what became of the run: its summary page and its annotations. */
import { appendFile, stat } from 'node:fs/promises';
import type { CiJob } from '../../run/settings.ts';
import type { Conclusion } from '../conclude.ts';
import { renderAnnotations } from './annotations.ts';
import { renderMarkdown } from './markdown.ts';

/** GitHub takes a mebibyte of summary from a step, and nothing of one that is longer. */
const LIMIT_BYTES = 1024 * 1024;

/** `say` prints a line to standard output. Nothing happens outside of CI. */
export async function tellJob(job: CiJob, conclusion: Conclusion, say: (line: string) => void): Promise<void> {
  if (job.annotates) for (const line of renderAnnotations(conclusion)) say(line);
  if (job.summaryFile === undefined) return;
  // What the step wrote before counts as well; GitHub makes the file, others may not.
  const before = await stat(job.summaryFile).catch(() => undefined);
  const page = renderMarkdown(conclusion, conclusion.written, LIMIT_BYTES - (before?.size ?? 0));
  await appendFile(job.summaryFile, page);
}
