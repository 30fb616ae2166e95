import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openSav } from '../../datasets/sav/index.ts';
import type { FlaggedColumn } from '../contract.ts';
import { parseBannerPlan } from '../pipeline/banner-plan.ts';
import { readDocument } from '../pipeline/documents.ts';
import { Lexicon } from '../pipeline/lexicon.ts';
import { needsReview, resolveBanner } from '../pipeline/resolve-banner.ts';
import type { StoredFile } from '../ports.ts';

/** A bundle's files, absolute, and how many tables it gives. */
export interface SeedBundle {
  data: string;
  survey: string;
  banner?: string;
  tables: number;
}

/** A bundle whose files lie in the data folder, with what the pipeline would make of its banner plan. */
export interface PreparedBundle {
  files: StoredFile[];
  tables: number;
  groups: number;
  columns: number;
  flagged: FlaggedColumn[];
}

/** Copies a bundle's files into the data folder, once for all projects that use them, and resolves its banner plan. */
export async function prepareBundle(bundle: SeedBundle, folder: string): Promise<PreparedBundle> {
  const home = join(folder, 'seed');
  await mkdir(home, { recursive: true });
  const files: StoredFile[] = [];
  for (const [role, source] of [
    ['data', bundle.data],
    ['survey', bundle.survey],
    ['banner', bundle.banner],
  ] as const) {
    if (source === undefined) continue;
    const path = join(home, basename(source));
    await copyFile(source, path);
    files.push({ role, name: basename(source), path });
  }
  if (bundle.banner === undefined) return { files, tables: bundle.tables, groups: 3, columns: 9, flagged: [] };
  const data = await openSav(bundle.data);
  try {
    const groups = resolveBanner(
      parseBannerPlan(await readDocument(bundle.banner, basename(bundle.banner))),
      new Lexicon(data.header),
    );
    const columns = groups.flatMap((group) => group.columns);
    return {
      files,
      tables: bundle.tables,
      groups: groups.length,
      columns: columns.length,
      flagged: columns.filter(needsReview),
    };
  } finally {
    await data.close();
  }
}
