/** A reader of banner plans for tests, independent of the generator and of the product. */
import { readFile } from 'node:fs/promises';
import mammoth from 'mammoth';
import { extractText } from 'unpdf';

/** Lines of a `.docx` or `.pdf`, without bullets and surrounding space. */
export async function documentLines(path: string): Promise<string[]> {
  const text = path.endsWith('.docx')
    ? (await mammoth.extractRawText({ path })).value
    : (await extractText(new Uint8Array(await readFile(path)), { mergePages: false })).text.join('\n');
  return text.split('\n').map((line) => line.replace(/^[•\s]+/, '').trim());
}

export interface Column {
  readonly key: string;
  readonly definition: string;
}

/** Columns of a banner plan as `<group>: <column>` with their definitions. */
export async function bannerColumns(path: string): Promise<Column[]> {
  const columns: Column[] = [];
  let group: string | undefined;
  for (const line of await documentLines(path)) {
    const heading = /^Banner group: (.+)$/.exec(line);
    const column = /^([^:]+):(.*)$/.exec(line);
    if (heading) group = heading[1];
    else if (group !== undefined && column)
      columns.push({ key: `${group}: ${column[1] ?? ''}`, definition: (column[2] ?? '').trim() });
  }
  return columns;
}
