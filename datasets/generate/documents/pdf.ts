import PDFDocument from 'pdfkit';
import { documentDate, type Block } from './blocks.ts';

const styles: Record<Block['kind'], { font: string; size: number; before: number; indent: number; colour: string }> = {
  title: { font: 'Helvetica-Bold', size: 18, before: 0, indent: 0, colour: '#1f2937' },
  heading: { font: 'Helvetica-Bold', size: 13, before: 16, indent: 0, colour: '#1f2937' },
  question: { font: 'Helvetica-Bold', size: 10, before: 10, indent: 0, colour: '#111827' },
  text: { font: 'Helvetica', size: 10, before: 5, indent: 0, colour: '#111827' },
  note: { font: 'Helvetica-Oblique', size: 9, before: 2, indent: 0, colour: '#595959' },
  option: { font: 'Helvetica', size: 9.5, before: 1, indent: 22, colour: '#111827' },
  bullet: { font: 'Helvetica', size: 10, before: 3, indent: 12, colour: '#111827' },
};

/**
 * A PDF with the same bytes for the same blocks, on any machine: uncompressed, as zlib's output differs between processors.
 * Its standard fonts know Latin letters only.
 */
export function toPdf(title: string, blocks: readonly Block[]): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: 56,
    compress: false,
    info: { Title: title, Author: 'Muster', CreationDate: documentDate, ModDate: documentDate },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  const left = document.page.margins.left;
  const width = document.page.width - 2 * left;
  for (const { kind, text } of blocks) {
    const style = styles[kind];
    document.y += style.before;
    document.font(style.font).fontSize(style.size).fillColor(style.colour);
    document.text(kind === 'bullet' ? `• ${text}` : text, left + style.indent, document.y, {
      width: width - style.indent,
    });
  }
  document.end();
  return finished;
}
