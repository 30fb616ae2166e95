/** Reading `.sav` and `.zsav` files: as a stream of cases, or whole, by column. */
import { open } from 'node:fs/promises';
import { ByteSource } from './byte-source.ts';
import { decodeDictionary } from './decode-dictionary.ts';
import type { ColumnLayout } from './layout.ts';
import { SavError, type SavCase, type SavHeader } from './model.ts';
import { caseBlocks, maxCases, type OpenedFile } from './read-cases.ts';
import { readRecords } from './read-records.ts';
import { readZsavBlocks } from './read-zsav.ts';
import { columnSink, numberReader, stringReader, type ColumnValues } from './read-values.ts';

export interface SavReadOptions {
  /** Variables to decode, by name; cases and columns come in this order. All, in the dictionary's order, when left out. */
  readonly columns?: readonly string[];
}

/** An opened file: its dictionary is read, its cases are not. Close it when done. */
export interface SavFile {
  readonly header: SavHeader;
  /**
   * Streams the cases in batches of up to some thousands, in bounded memory; each call begins at the first case.
   * Throws SavError when the data is truncated or damaged, or a column unknown.
   */
  cases(options?: SavReadOptions): AsyncIterable<SavCase[]>;
  /** The number of cases, by reading through the data when the header does not state it. */
  countCases(): Promise<number>;
  close(): Promise<void>;
}

/** A whole file by column: numbers as `Float64Array` with `NaN` for system-missing, strings without trailing spaces. */
export interface SavData {
  readonly header: SavHeader;
  readonly caseCount: number;
  readonly columns: ReadonlyMap<string, ColumnValues>;
}

/** Opens a file and reads header and dictionary. Throws SavError (what, byte offset, remedy) when it is not a sound system file. */
export async function openSav(path: string): Promise<SavFile> {
  const file = await openFile(path);
  const { layout } = file;
  return {
    header: layout.header,
    cases: (options) => streamCases(file, options),
    async countCases() {
      if (layout.header.statedCases !== null) return layout.header.statedCases;
      let count = 0;
      for await (const block of caseBlocks(file)) count += block.rows;
      return count;
    },
    close: () => file.handle.close(),
  };
}

/** Reads a whole file by column; `columns` restricts what is decoded and kept. Throws SavError as `openSav` and `cases` do. */
export async function readSav(path: string, options: SavReadOptions = {}): Promise<SavData> {
  const file = await openFile(path);
  try {
    const { header } = file.layout;
    const chosen = choose(file, options.columns);
    const sinks = chosen.map((column) =>
      columnSink(column, file.layout, Math.min(header.statedCases ?? 0, maxCases(file))),
    );
    let caseCount = 0;
    for await (const block of caseBlocks(file)) {
      for (const sink of sinks) sink.add(block, caseCount);
      caseCount += block.rows;
    }
    const count = caseCount;
    return {
      header,
      caseCount,
      columns: new Map(chosen.map((column, index) => [column.name, sinks[index]?.finish(count) ?? []])),
    };
  } finally {
    await file.handle.close();
  }
}

async function openFile(path: string): Promise<OpenedFile> {
  const handle = await open(path, 'r');
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new SavError(`${path} is not a file; give the path of a .sav file.`);
    const source = new ByteSource(handle, stat.size, path);
    const layout = decodeDictionary(await readRecords(source), source);
    const zsavBlocks = layout.header.compression === 'zlib' ? await readZsavBlocks(source) : [];
    const file = { handle, path, size: stat.size, layout, zsavBlocks };
    const { statedCases } = layout.header;
    if (statedCases !== null && layout.caseBytes > 0 && statedCases > maxCases(file)) {
      source.fail(
        `the header states ${statedCases} cases, but what follows can hold ${maxCases(file)} at most`,
        'The file is truncated or damaged: export or copy it again.',
        layout.dataOffset,
      );
    }
    return file;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* streamCases(file: OpenedFile, options: SavReadOptions = {}): AsyncGenerator<SavCase[]> {
  const readers = choose(file, options.columns).map((column) =>
    column.width === 0 ? numberReader(column, file.layout) : stringReader(column, file.layout),
  );
  const { caseBytes } = file.layout;
  for await (const block of caseBlocks(file)) {
    const batch: SavCase[] = [];
    for (let row = 0; row < block.rows; row += 1) batch.push(readers.map((read) => read(block, row * caseBytes)));
    yield batch;
  }
}

function choose(file: OpenedFile, names: readonly string[] | undefined): readonly ColumnLayout[] {
  if (!names) return file.layout.columns;
  const byName = new Map(file.layout.columns.map((column) => [column.name.toLowerCase(), column]));
  return names.map((name) => {
    const column = byName.get(name.toLowerCase());
    if (!column)
      throw new SavError(`${file.path} has no variable "${name}"; its dictionary begins with ${firstNames(file)}.`);
    return column;
  });
}

function firstNames(file: OpenedFile): string {
  return file.layout.columns
    .slice(0, 5)
    .map((column) => column.name)
    .join(', ');
}
