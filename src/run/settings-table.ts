/** Every setting of the harness: name, default, meaning and the shape it must have. `.env.example` and the README's table derive from it. */
import type { z } from 'zod';
import { dataSettings } from './settings/data.ts';
import { figuresSettings } from './settings/figures.ts';
import { filesSettings } from './settings/files.ts';
import { loadSettings } from './settings/load.ts';
import { productSettings } from './settings/product.ts';
import { safetySettings } from './settings/safety.ts';

export const settingEntries = {
  ...productSettings,
  ...safetySettings,
  ...loadSettings,
  ...dataSettings,
  ...figuresSettings,
  ...filesSettings,
};

export type SettingName = keyof typeof settingEntries;
type Given = { readonly [Name in SettingName]: z.output<(typeof settingEntries)[Name]['schema']> };
/** Settings with nothing left open: `auto` has become a number. */
export type Settings = Omit<Given, 'PER_WORKER'> & { readonly PER_WORKER: number };

/** Name, default and meaning of every setting, for `.env.example` and the README. */
export const settingsTable: readonly {
  readonly name: SettingName;
  readonly default: string;
  readonly meaning: string;
}[] = (Object.keys(settingEntries) as SettingName[]).map((name) => ({
  name,
  default: settingEntries[name].fallback,
  meaning: settingEntries[name].meaning,
}));

/** The text of `.env.example`. */
export function envExample(): string {
  const head = '# Settings of Muster. Copy to .env and change what you need; the environment wins over the file.\n';
  return (
    head + settingsTable.map(({ name, default: value, meaning }) => `\n# ${meaning}\n# ${name}=${value}\n`).join('')
  );
}
