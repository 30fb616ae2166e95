/** The proof of the work, from the project's page: each workbook is downloaded and compared with what its owner uploaded and chose. */
import { readFile } from 'node:fs/promises';
import { assertWorkbook, bannerAfterReview, readWorkbook, workbooksFor, type Analyst } from '../../fixtures/test.ts';
import type { Launched } from './launch.ts';
import type { Reviewed } from './review.ts';

export async function checkWorkbooks(
  analyst: Analyst,
  { weight }: Extract<Launched, { accepted: true }>,
  reviewed: Reviewed | undefined,
): Promise<void> {
  const { project, projectName, choices, bundle, deadlines } = analyst;
  const expected = workbooksFor({ ...choices, weighted: weight !== undefined });
  await analyst.step('download', async () => {
    const offered = await project.workbooks();
    const missing = expected.filter(({ file }) => !offered.includes(file));
    if (missing.length > 0)
      throw new Error(
        `"${projectName}" offers ${offered.join(', ') || 'no workbook'}, but not ${missing.map(({ file }) => file).join(', ')}.`,
      );
    for (const { file } of expected) {
      const download = await project.download(file, deadlines.stepMs);
      await download.saveAs(analyst.workbookPath(file));
      await download.delete();
    }
  });
  await analyst.step('check-workbook', async () => {
    for (const { file, measures } of expected) {
      const workbook = await readWorkbook(await readFile(analyst.workbookPath(file)));
      assertWorkbook(
        workbook,
        {
          projectName,
          bundle,
          weight,
          theme: choices.theme,
          significance: choices.significance,
          minimumBase: choices.minimumBase,
          measures,
          ...bannerAfterReview(reviewed?.columns ?? []),
        },
        file,
      );
    }
  });
}
