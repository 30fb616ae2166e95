/** Text of uploaded documents, line by line; an empty line where the author left one. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { PipelineError } from './pipeline-error.ts';

/**
 * Text of a `.docx` or `.pdf`.
 * @param title what a run that cannot go on without this document is called.
 * @throws PipelineError with the title, naming the document and what to do about it.
 */
export async function readDocument(
  path: string,
  name: string,
  title: PipelineError['title'] = 'Processing error',
): Promise<string> {
  const extension = extname(name).toLowerCase();
  if (extension === '.doc') {
    throw new PipelineError(
      title,
      `"${name}" is an old Word document (.doc), which cannot be read. Save it as .docx or .pdf and upload it again.`,
    );
  }
  try {
    return extension === '.pdf' ? await pdfText(path) : await docxText(path);
  } catch (cause) {
    const kind = extension === '.pdf' ? 'PDF' : 'Word document';
    throw new PipelineError(
      title,
      `"${name}" could not be read as a ${kind}${reasonOf(cause)}. Open it, save it as .docx or .pdf and upload it again.`,
      { cause },
    );
  }
}

/** What the reader said, unless it only speaks of the archive that a Word document is inside, which nobody knows. */
function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return /\bzip\b|main document part/i.test(reason) ? '' : ` (${reason.replace(/\.$/, '')})`;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

async function docxText(path: string): Promise<string> {
  const { default: mammoth } = await import('mammoth');
  // As HTML, not as raw text: raw text drops soft line breaks.
  const { value } = await mammoth.convertToHtml(
    { path },
    { ignoreEmptyParagraphs: false, convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })) },
  );
  return value
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<\/(?:p|h[1-6]|li|tr)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, (whole, entity: string) => entities[entity] ?? whole);
}

interface Line {
  y: number;
  height: number;
  text: string;
}

async function pdfText(path: string): Promise<string> {
  const { extractTextItems } = await import('unpdf');
  const { items } = await extractTextItems(new Uint8Array(await readFile(path)));
  return items.map((page) => pageText(page)).join('\n');
}

/** PDF has no empty lines, only gaps: one of more than 1.75 line heights counts as an empty line. */
function pageText(items: readonly { str: string; x: number; y: number; fontSize: number; hasEOL: boolean }[]): string {
  const lines: Line[] = [];
  for (const { str, y, fontSize } of items) {
    const last = lines.at(-1);
    if (last && Math.abs(last.y - y) < Math.max(fontSize, last.height) * 0.4) last.text += str;
    else if (str.trim() !== '') lines.push({ y, height: fontSize, text: str });
  }
  const gaps = lines
    .slice(1)
    .map((line, index) => Math.abs((lines[index]?.y ?? 0) - line.y))
    .sort((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length / 4)] ?? 0;
  return lines
    .map((line, index) => {
      const before = lines[index - 1];
      const gap = before ? Math.abs(before.y - line.y) : 0;
      return `${before && gap > Math.max(usual, line.height) * 1.75 ? '\n' : ''}${line.text}`;
    })
    .join('\n');
}
