import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { documentDate, type Block } from './blocks.ts';

function paragraph({ kind, text }: Block): Paragraph {
  switch (kind) {
    case 'title':
      return new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(text)] });
    case 'heading':
      return new Paragraph({
        heading: HeadingLevel.HEADING_2,
        spacing: { before: 280, after: 80 },
        children: [new TextRun(text)],
      });
    case 'question':
      return new Paragraph({ spacing: { before: 200 }, keepNext: true, children: [new TextRun({ text, bold: true })] });
    case 'note':
      return new Paragraph({ children: [new TextRun({ text, italics: true, color: '595959' })] });
    case 'option':
      return new Paragraph({ indent: { left: 480 }, children: [new TextRun(text)] });
    case 'bullet':
      return new Paragraph({ bullet: { level: 0 }, children: [new TextRun(text)] });
    case 'text':
      return new Paragraph({ spacing: { before: 80, after: 80 }, children: [new TextRun(text)] });
  }
}

const coreProperties = (title: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${title.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</dc:title><dc:creator>Muster</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${documentDate.toISOString()}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${documentDate.toISOString()}</dcterms:modified></cp:coreProperties>`;

/** DOS time and date of 1 January 2026, as zip archives store them. */
const dosTimestamp = ((46 << 9) | (1 << 5) | 1) << 16;

/** Sets every entry's time in a zip archive (plain entries, no zip64), which the packer takes from the clock. */
function freezeTimes(zip: Buffer): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('The packed document is no zip archive: its end record is missing.');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    zip.writeInt32LE(dosTimestamp, at + 12);
    zip.writeInt32LE(dosTimestamp, zip.readUInt32LE(at + 42) + 10);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}

/** A Word document with the same bytes for the same blocks. */
export async function toDocx(title: string, blocks: readonly Block[]): Promise<Buffer> {
  const document = new Document({
    title,
    styles: { default: { document: { run: { font: 'Calibri', size: 21 } } } },
    sections: [{ children: blocks.map(paragraph) }],
  });
  return freezeTimes(
    await Packer.toBuffer(document, undefined, [{ path: 'docProps/core.xml', data: coreProperties(title) }]),
  );
}
