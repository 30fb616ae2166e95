/** The proof of the work, from the project's page: each workbook is downloaded and compared with what its owner uploaded and chose, and with the one made alone. */
import { readFile } from 'node:fs/promises';
import {
  bannerAfterReview,
  complaintOf,
  differences,
  digestOf,
  holdToGolden,
  readWorkbook,
  workbooksFor,
  type Analyst,
} from '../../fixtures/test.ts';
import type { Launched } from './launch.ts';
import type { Reviewed } from './review.ts';

type Offered = ReturnType<typeof workbooksFor>[number];

export async function checkWorkbooks(
  analyst: Analyst,
  { weight }: Extract<Launched, { accepted: true }>,
  reviewed: Reviewed | undefined,
): Promise<void> {
  const expected = workbooksFor({ ...analyst.choices, weighted: weight !== undefined });
  await analyst.step('download', () => download(analyst, expected));
  await analyst.step('check-workbook', async () => {
    for (const offered of expected) await check(analyst, offered, weight, reviewed);
  });
}

async function download(analyst: Analyst, expected: Offered[]): Promise<void> {
  const { project, projectName, deadlines } = analyst;
  const offered = await project.workbooks();
  const missing = expected.filter(({ file }) => !offered.includes(file));
  if (missing.length > 0)
    throw new Error(
      `"${projectName}" offers ${offered.join(', ') || 'no workbook'}, but not ${missing.map(({ file }) => file).join(', ')}.`,
    );
  for (const { file } of expected) {
    const fetched = await project.download(file, deadlines.stepMs);
    await fetched.saveAs(analyst.workbookPath(file));
    await fetched.delete();
  }
}

/** Whatever is wrong is in the records before it fails the journey. */
async function check(
  analyst: Analyst,
  { file, measures }: Offered,
  weight: string | undefined,
  reviewed: Reviewed | undefined,
): Promise<void> {
  const { projectName, bundle, choices, settings, recorder, search } = analyst;
  const workbook = await readWorkbook(await readFile(analyst.workbookPath(file)));
  search?.search(JSON.stringify([[...workbook.summary], workbook.tables]), 'workbook', file);
  const wrong = differences(workbook, {
    projectName,
    bundle,
    weight,
    theme: choices.theme,
    significance: choices.significance,
    minimumBase: choices.minimumBase,
    measures,
    ...bannerAfterReview(reviewed?.columns ?? []),
  });
  // Of a person's decisions nobody knows what they lead to.
  const decided = reviewed ? reviewed.columns : [];
  const compared =
    decided && (wrong.length === 0 || settings.GOLDEN === 'compare')
      ? await holdToGolden(settings, { bundle, choices, weight, decided, file }, digestOf(workbook))
      : undefined;
  const says = workbook.summary.get('Project');
  recorder.record({
    type: 'result',
    project: projectName,
    file,
    ...(says === undefined ? {} : { says }),
    golden: wrong.length > 0 ? 'different' : (compared?.golden ?? 'none'),
    differences: [...wrong, ...(compared?.differences ?? [])],
  });
  if (wrong.length > 0) throw new Error(complaintOf(wrong, projectName, file));
}
