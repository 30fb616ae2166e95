import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findBundles, FolderError, rolesOf } from './find-bundles.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-find-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** Name of the case, the names of the files, and which file has which role. */
const cases: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
  [
    'all three',
    ['a.sav', 'a-survey.docx', 'a-banner-plan.pdf'],
    { sav: 'a.sav', survey: 'a-survey.docx', banner: 'a-banner-plan.pdf' },
  ],
  ['each keyword of a survey', ['QNR final.pdf'], { survey: 'QNR final.pdf' }],
  ['a questionnaire', ['Questionnaire.docx'], { survey: 'Questionnaire.docx' }],
  ['a qre', ['tracker_QRE_v3.docx'], { survey: 'tracker_QRE_v3.docx' }],
  ['the keyword in any case, the extension as it is', ['SURVEY.DOCX', 'survey.Pdf'], {}],
  ['the extension of data as it is', ['DATA.SAV', 'data.zsav'], {}],
  ['no lock files', ['~$survey.docx', '~$banner.docx'], {}],
  ['a lock file beside the document', ['~$survey.docx', 'survey.docx'], { survey: 'survey.docx' }],
  ['no other documents', ['survey.doc', 'banner.xlsx', 'survey.txt', 'notes.docx'], {}],
  ['the first match wins', ['b.sav', 'c.sav'], { sav: 'b.sav' }],
  [
    'a document may bear both words',
    ['banner-survey.docx'],
    { banner: 'banner-survey.docx', survey: 'banner-survey.docx' },
  ],
];

describe('the roles of files', () => {
  for (const [title, names, roles] of cases)
    it(title, () => assert.deepEqual(Object.fromEntries(rolesOf(names)), roles));
});

async function put(...parts: string[]): Promise<void> {
  const file = path.join(folder, ...parts);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, 'x'.repeat(7));
}

describe('bundles in a folder', () => {
  it('one a folder, with its inputs folder if it has one, and nothing deeper', async () => {
    await put('plain', 'plain.sav');
    await put('plain', 'survey.docx');
    await put('with-inputs', 'inputs', 'inner.sav');
    await put('with-inputs', 'inputs', 'qnr.pdf');
    await put('with-inputs', 'inputs', 'banner.docx');
    await put('with-inputs', 'outer.sav');
    await put('deep', 'more', 'deep.sav');
    await put('unready', 'only.sav');
    await put('empty', 'notes.txt');
    await put('.hidden', 'hidden.sav');
    await put('loose.sav');
    const found = await findBundles(folder);
    assert.deepEqual(
      found.map(({ name, ready, hasBanner, files }) => [name, ready, hasBanner, files.map(({ filename }) => filename)]),
      [
        ['plain', true, false, ['plain.sav', 'survey.docx']],
        ['unready', false, false, ['only.sav']],
        ['with-inputs', true, true, ['inner.sav', 'banner.docx', 'qnr.pdf']],
      ],
    );
    assert.equal(found[0]?.files[0]?.sizeBytes, 7);
    assert.ok(path.isAbsolute(found[0]?.files[0]?.path ?? ''));
  });

  it('says which folder cannot be searched', async () => {
    await assert.rejects(findBundles(path.join(folder, 'nowhere')), (error: Error) => {
      return error instanceof FolderError && /nowhere.*there is none/.test(error.message);
    });
    await assert.rejects(findBundles(path.join(folder, 'loose.sav')), /it is a file/);
  });
});
