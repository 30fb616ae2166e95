/** The README's tables: of settings and metrics, made from the settings and metrics themselves, and of what benches measured. */
import { publishedTable, readPublished } from '../bench/published.ts';
import { faultsTable } from '../sandbox/faults/index.ts';
import { sandboxSettingsTable } from '../sandbox/settings.ts';
import { METRICS, statisticsOf } from '../src/report/registry/index.ts';
import { settingsTable } from '../src/run/settings-table.ts';

interface Setting {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
}

const tables: Readonly<Record<string, string>> = {
  settings: settings(settingsTable),
  'sandbox-settings': settings(sandboxSettingsTable),
  faults: faults(),
  metrics: metrics(),
  ...Object.fromEntries(
    readPublished().map((publication) => [`bench:${publication.bench}`, publishedTable(publication)]),
  ),
};

function settings(rows: readonly Setting[]): string {
  return markdown(
    ['setting', 'default', 'meaning'],
    rows.map((row) => [code(row.name), row.default === '' ? '' : code(row.default), row.meaning]),
  );
}

function faults(): string {
  return markdown(
    ['fault', 'number after `=` (default)', 'what the sandbox then does'],
    faultsTable.map(({ name, amount, does }) => [code(name), amount, does]),
  );
}

function metrics(): string {
  return markdown(
    ['metric', 'unit', 'rows by', 'meaning', 'how taken', 'known bias'],
    METRICS.map((metric) => [
      code(metric.name),
      `${metric.unit}${statisticsOf(metric).includes('p95') ? '' : ' (mean)'}`,
      metric.tags.join(', '),
      metric.meaning,
      metric.taken,
      metric.bias,
    ]),
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

function markdown(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

/**
 * The README's text with each table between its marks (`<!-- settings -->` … `<!-- /settings -->`) made anew.
 * @throws when a mark is missing.
 */
export function withTables(text: string): string {
  return Object.entries(tables).reduce((written, [name, table]) => {
    const between = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
    if (!between.test(written))
      throw new Error(`README.md lacks the marks <!-- ${name} --> and <!-- /${name} -->, each on a line of its own.`);
    return written.replace(between, (_, open: string, close: string) => `${open}${table}${close}`);
  }, text);
}
