/** What a run keeps on disk: its banner and tables (they survive a restart), and its workbooks. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkbookFile } from '../contract.ts';
import type { ResolvedGroup } from './resolve-banner.ts';
import type { TablePlan } from './table-plan.ts';

export class RunFolder {
  constructor(readonly path: string) {}

  /** Empties the folder, or makes it. */
  async reset(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    await mkdir(join(this.path, 'outputs'), { recursive: true });
  }

  async ensure(): Promise<void> {
    await mkdir(join(this.path, 'outputs'), { recursive: true });
  }

  output(file: WorkbookFile): string {
    return join(this.path, 'outputs', file);
  }

  get hasTables(): boolean {
    return existsSync(this.tablesPath);
  }

  saveBanner(banner: readonly ResolvedGroup[]): Promise<void> {
    return save(join(this.path, 'banner.json'), banner);
  }

  /** `undefined` when it was never saved. */
  loadBanner(): Promise<ResolvedGroup[] | undefined> {
    return load<ResolvedGroup[]>(join(this.path, 'banner.json'));
  }

  saveTables(tables: readonly TablePlan[]): Promise<void> {
    return save(this.tablesPath, tables);
  }

  /** `undefined` when they were never saved. */
  loadTables(): Promise<TablePlan[] | undefined> {
    return load<TablePlan[]>(this.tablesPath);
  }

  private get tablesPath(): string {
    return join(this.path, 'tables.json');
  }
}

/** Under a temporary name first: a file that is there is whole, even after a kill. */
async function save(path: string, value: unknown): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, JSON.stringify(value));
  await rename(part, path);
}

async function load<T>(path: string): Promise<T | undefined> {
  if (!existsSync(path)) return undefined;
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
