/** The README's tables of settings, made from the settings themselves. */
import { sandboxSettingsTable } from '../sandbox/settings.ts';
import { settingsTable } from '../src/run/settings-table.ts';

interface Row {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
}

const tables: Readonly<Record<string, readonly Row[]>> = {
  settings: settingsTable,
  'sandbox-settings': sandboxSettingsTable,
};

function markdown(rows: readonly Row[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const lines = rows.map(
    (row) => `| \`${row.name}\` | ${row.default === '' ? '' : `\`${row.default}\``} | ${cell(row.meaning)} |`,
  );
  return ['| setting | default | meaning |', '|---|---|---|', ...lines].join('\n');
}

/**
 * The README's text with each table between its marks (`<!-- settings -->` … `<!-- /settings -->`) made anew.
 * @throws when a mark is missing.
 */
export function withTables(text: string): string {
  return Object.entries(tables).reduce((written, [name, rows]) => {
    const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
    if (!between.test(written))
      throw new Error(`README.md lacks the marks <!-- ${name} --> and <!-- /${name} -->, each on a line of its own.`);
    return written.replace(between, (_, open: string, close: string) => `${open}${markdown(rows)}${close}`);
  }, text);
}
