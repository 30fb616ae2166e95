/** Tells the CI job that runs us what became of the run: its summary page and its annotations. */
import { appendFile } from 'node:fs/promises';
import type { CiJob } from '../../run/settings.ts';
import type { Conclusion } from '../conclude.ts';
import { renderAnnotations } from './annotations.ts';
import { renderMarkdown } from './markdown.ts';

/** `say` prints a line to standard output. Nothing happens outside of CI. */
export async function tellJob(job: CiJob, conclusion: Conclusion, say: (line: string) => void): Promise<void> {
  if (job.annotates) for (const line of renderAnnotations(conclusion)) say(line);
  if (job.summaryFile === undefined) return;
  const { written } = conclusion;
  await appendFile(
    job.summaryFile,
    renderMarkdown(conclusion, written && { summary: written.summary, analysts: written.details.analysts }),
  );
}
