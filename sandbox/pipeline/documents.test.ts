import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { test } from 'node:test';
import { Document, Packer, Paragraph, TextRun } from 'docx';
import PDFDocument from 'pdfkit';
import { parseBannerPlan } from './banner-plan.ts';
import { readDocument } from './documents.ts';
import { questionTexts } from './survey-text.ts';
import { doubtfulPlan, temporaryFolder, writeDocx } from './testing.ts';

test('a Word document keeps its lines, blank ones, soft breaks and special characters', async (context) => {
  const path = join(await temporaryFolder(context), 'plan.docx');
  const children = [
    new Paragraph({ text: 'Plan', heading: 'Heading1' }),
    new Paragraph(''),
    new Paragraph({
      children: [new TextRun('Banner group: R&D <all>'), new TextRun({ text: 'Men: GENDER=1', break: 1 })],
    }),
    new Paragraph({ text: '“Tea” drinkers: Q1>=2', bullet: { level: 0 } }),
  ];
  await writeFile(path, await Packer.toBuffer(new Document({ sections: [{ children }] })));
  assert.deepEqual(parseBannerPlan(await readDocument(path, 'plan.docx')), [
    {
      name: 'R&D <all>',
      columns: [
        { name: 'Men', definition: 'GENDER=1' },
        { name: '“Tea” drinkers', definition: 'Q1>=2' },
      ],
    },
  ]);
});

test('a plan reads the same from Word and from PDF', async (context) => {
  const folder = await temporaryFolder(context);
  await writeDocx(join(folder, 'plan.docx'), doubtfulPlan);
  const pdf = new PDFDocument();
  const written = finished(pdf.pipe(createWriteStream(join(folder, 'plan.pdf'))));
  for (const line of doubtfulPlan) {
    if (line === '') pdf.moveDown();
    else pdf.text(line);
  }
  pdf.moveDown().text('This plan was agreed with the client: see the minutes.');
  pdf.end();
  await written;
  const fromWord = parseBannerPlan(await readDocument(join(folder, 'plan.docx'), 'plan.docx'));
  assert.deepEqual(
    fromWord.map(({ name, columns }) => [name, columns.length]),
    [
      ['Gender', 2],
      ['Age', 2],
      ['Usage', 3],
    ],
  );
  assert.deepEqual(parseBannerPlan(await readDocument(join(folder, 'plan.pdf'), 'Plan.PDF')), fromWord);
});

/** The end record of a ZIP archive, all that an empty one has. */
const emptyZip = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

test('what cannot be read says so in words for people, with what to do', async (context) => {
  const path = join(await temporaryFolder(context), 'x.pdf');
  await writeFile(path, 'nothing of the kind');
  const remedy = 'Open it, save it as .docx or .pdf and upload it again.';
  await assert.rejects(readDocument(path, 'x.pdf'), {
    title: 'Processing error',
    message: `"x.pdf" could not be read as a PDF (Invalid PDF structure). ${remedy}`,
  });
  await assert.rejects(readDocument(path, 'x.docx', 'Banner extraction failed'), {
    title: 'Banner extraction failed',
    message: `"x.docx" could not be read as a Word document. ${remedy}`,
  });
  // An archive, but no Word document.
  await writeFile(path, emptyZip);
  await assert.rejects(readDocument(path, 'x.docx'), {
    message: `"x.docx" could not be read as a Word document. ${remedy}`,
  });
  await assert.rejects(readDocument(path, 'x.doc'), /Save it as .docx or .pdf/);
});

test('questions are found by variable name, items by their question', () => {
  const text = [
    'Q5. How likely are you to return?',
    '[Q10] How satisfied are you with these?',
    'Note: interviewers read slowly.',
    'Q11: short',
  ].join('\n');
  assert.deepEqual(
    [...questionTexts(text, ['Q5', 'Q10r3', 'Q11', 'AGE'])],
    [
      ['Q5', 'How likely are you to return?'],
      ['Q10r3', 'How satisfied are you with these?'],
    ],
  );
});
