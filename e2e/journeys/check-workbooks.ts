/** The proof of the work, from the project's page: each workbook is downloaded and compared with what its owner uploaded and chose, and with the one made alone. */
import {
  bannerAfterReview,
  complaintOf,
  differences,
  digestOf,
  holdToGolden,
  PlainError,
  readWorkbook,
  UnknownLayout,
  workbooksFor,
  type Analyst,
} from '../../fixtures/test.ts';
import type { Launched } from './launch.ts';
import type { Reviewed } from './review.ts';

type Offered = ReturnType<typeof workbooksFor>[number];
type Downloaded = Offered & { readonly bytes: Uint8Array };

export async function checkWorkbooks(
  analyst: Analyst,
  { weight }: Extract<Launched, { accepted: true }>,
  reviewed: Reviewed | undefined,
): Promise<void> {
  const promised = workbooksFor({ ...analyst.choices, weighted: weight !== undefined });
  const downloaded = await analyst.step('download', () => download(analyst, promised));
  await analyst.step('check-workbook', async () => {
    for (const offered of downloaded) await check(analyst, offered, weight, reviewed);
  });
}

async function download(analyst: Analyst, promised: Offered[]): Promise<Downloaded[]> {
  const { project, projectName, deadlines, settings } = analyst;
  const offered = await project.workbooks();
  // How many workbooks somebody's own product makes of a choice is its own affair.
  const expected =
    settings.BASE_URL === undefined || promised.every(({ file }) => offered.includes(file))
      ? promised
      : offered.map((file): Offered => ({ file, measures: 'both' }));
  const missing = expected.filter(({ file }) => !offered.includes(file));
  if (missing.length > 0)
    throw new PlainError(
      `"${projectName}" offers ${offered.join(', ') || 'no workbook'}, but not ${missing.map(({ file }) => file).join(', ')}.`,
    );
  const downloaded: Downloaded[] = [];
  for (const workbook of expected) {
    const fetched = await project.download(workbook.file, deadlines.stepMs);
    downloaded.push({ ...workbook, bytes: await analyst.take(workbook.file, fetched) });
  }
  return downloaded;
}

/** Whatever is wrong is in the records before it fails the journey. */
async function check(
  analyst: Analyst,
  { file, measures, bytes }: Downloaded,
  weight: string | undefined,
  reviewed: Reviewed | undefined,
): Promise<void> {
  const { projectName, bundle, choices, settings, recorder, search } = analyst;
  const workbook = await readWorkbook(bytes).catch((error: unknown) => {
    // Only of the sandbox's workbooks the layout is known for certain.
    if (error instanceof UnknownLayout && settings.BASE_URL !== undefined) return error;
    throw error;
  });
  if (workbook instanceof UnknownLayout) {
    search?.search(workbook.cells, 'workbook', file);
    recorder.record({ type: 'result', project: projectName, file, golden: 'unrecognised', differences: [] });
    return;
  }
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
  if (wrong.length > 0) throw complaintOf(wrong, projectName, file);
}
