import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Theme } from '../contract.ts';
import type { Faults } from './index.ts';

/** Where the theme of the workbook being made is kept, for all runs; undefined: each run has its own. */
export function sharedThemeFile(faults: Faults, folder: string): string | undefined {
  return faults.has('theme-swap') ? join(folder, 'runs', 'theme') : undefined;
}

/** A run that starts sets its theme. */
export async function setTheme(file: string | undefined, theme: Theme): Promise<void> {
  if (file !== undefined) await writeFile(file, theme);
}

/** The theme to write a workbook in: the run's own, unless it is kept in a shared place. */
export async function themeToUse(file: string | undefined, own: Theme): Promise<Theme> {
  return file === undefined ? own : ((await readFile(file, 'utf8')) as Theme);
}
