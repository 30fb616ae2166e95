import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readXlsx, type Sheet, type Workbook } from 'hucre';
import { projectConfigSchema, themes, type ProjectConfig } from '../contract.ts';
import { workbooksOf } from './finish-run.ts';
import { runJob } from './run-job.ts';
import type { RunReport } from './protocol.ts';
import { RunFolder } from './run-folder.ts';
import { cafeFiles, clearPlan, temporaryFolder } from './testing.ts';

async function run(
  context: { after: (fn: () => Promise<void>) => void },
  config: Partial<ProjectConfig>,
): Promise<(file?: string) => Promise<Workbook>> {
  const folder = await temporaryFolder(context);
  const runFolder = new RunFolder(join(folder, 'run'));
  await runFolder.reset();
  const reports: RunReport[] = [];
  await runJob(
    {
      mode: 'initial',
      runId: 'run-1',
      projectName: 'Café & Co',
      config: projectConfigSchema.parse(config),
      files: await cafeFiles(folder, { plan: clearPlan }),
      folder: runFolder.path,
      launchedAt: Date.now(),
      pace: 0,
      decisions: [],
    },
    (report) => reports.push(report),
  );
  assert.equal(reports.at(-1)?.type, 'done', JSON.stringify(reports.at(-1)));
  return async (file = 'crosstabs.xlsx') =>
    readXlsx(await readFile(join(runFolder.path, 'outputs', file)), { readStyles: true });
}

function sheet(workbook: Workbook, name: string): Sheet {
  const found = workbook.sheets.find((candidate) => candidate.name === name);
  assert.ok(found, `sheet ${name}`);
  return found;
}

test('holds the summary, the index and the tables in their layout', async (context) => {
  const workbook = await (
    await run(context, {
      displayMode: 'both',
      weightVariable: 'WEIGHT',
      theme: 'blush',
      statTesting: { thresholds: [95], minBase: 30 },
    })
  )();
  const { Generated, ...summary } = Object.fromEntries(
    sheet(workbook, 'Summary').rows.map(([key, value]) => [String(key), value]),
  );
  assert.match(String(Generated), /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
  assert.deepEqual(summary, {
    Project: 'Café & Co',
    Run: 'run-1',
    'Data file': 'cafe.sav',
    Respondents: 200,
    Variables: 9,
    Weight: 'WEIGHT',
    Theme: 'Blush',
    'Significance level': '95%',
    'Minimum base': 30,
    Tables: 4,
    'Banner columns': 4,
  });
  assert.deepEqual(
    sheet(workbook, 'Index').rows.map(([id]) => id),
    ['Table', 'GENDER', 'REGION', 'VISITS', 'DRINKS'],
  );
  const rows = sheet(workbook, 'Crosstabs').rows.map((row) => row.map((value) => (value === '' ? null : value)));
  const filled = (row: number): unknown[] => {
    const values = rows[row] ?? [];
    return values.slice(0, values.findLastIndex((value) => value !== null) + 1);
  };
  assert.deepEqual(filled(0), ['Table GENDER']);
  assert.deepEqual(filled(1), ['Gender']);
  assert.deepEqual(filled(2), ['Base: All respondents (n = 200)']);
  assert.deepEqual(filled(3), [null, null, 'Total', 'Gender', null, 'Age']);
  assert.deepEqual(filled(4), [null, null, '(A)', 'Male (B)', 'Female (C)', '18 to 34 (D)', '35 and over (E)']);
  assert.deepEqual(filled(5), ['Base (unweighted)', 'n', 200, 100, 100, 58, 142]);
  assert.deepEqual(filled(6).slice(0, 5), ['Base (weighted)', 'n', 200, 100, 100]);
  assert.deepEqual(filled(7).slice(0, 5), ['Male', 'n', 100, 100, 0]);
  assert.deepEqual(filled(8).slice(0, 5), ['Male', '%', 50, 100, 0]);
  assert.deepEqual(filled(9), ['Male', 'Sig.', null, 'C']);
  assert.deepEqual(filled(12), ['Female', 'Sig.', null, null, 'B']);
  assert.deepEqual(filled(13), []);
  assert.deepEqual(filled(14), ['Table REGION']);
});

const fills = {
  classic: '1F3864',
  coastal: '0E7490',
  blush: 'BE185D',
  tropical: '15803D',
  bold: 'B91C1C',
  earth: '78350F',
};
for (const theme of themes) {
  test(`fills its headers in ${theme}`, async (context) => {
    const crosstabs = sheet(await (await run(context, { theme }))(), 'Crosstabs');
    for (const row of [3, 4]) {
      for (const column of [0, 2, 6]) {
        const style = crosstabs.cells?.get(`${row},${column}`)?.style;
        assert.ok(style?.fill?.type === 'pattern', `cell ${row},${column} is filled`);
        assert.equal(style.fill.fgColor?.rgb?.slice(-6).toUpperCase(), fills[theme]);
        assert.equal(style.font?.bold, true);
      }
    }
  });
}

const variants: [Partial<ProjectConfig>, string[]][] = [
  [{ displayMode: 'frequency', separateWorkbooks: true }, ['crosstabs.xlsx: %, Sig.']],
  [{ displayMode: 'counts' }, ['crosstabs.xlsx: n']],
  [{ displayMode: 'both', weightVariable: 'WEIGHT' }, ['crosstabs.xlsx: n, %, Sig.']],
  [{ displayMode: 'both', separateWorkbooks: true }, ['crosstabs.xlsx: %, Sig.', 'crosstabs-counts.xlsx: n']],
  [
    { displayMode: 'both', separateWorkbooks: true, weightVariable: 'WEIGHT' },
    ['crosstabs-weighted.xlsx: %, Sig.', 'crosstabs-weighted-counts.xlsx: n'],
  ],
];
for (const [config, expected] of variants) {
  test(`${JSON.stringify(config)} makes ${expected.join(' and ')}`, async (context) => {
    assert.deepEqual(
      workbooksOf(projectConfigSchema.parse(config)).map(({ file, measures }) => `${file}: ${measures.join(', ')}`),
      expected,
    );
    const open = await run(context, config);
    for (const line of expected) {
      const [file = '', measures = ''] = line.split(': ');
      const found = new Set(
        sheet(await open(file), 'Crosstabs')
          .rows.filter(([label]) => label === 'Male')
          .map(([, measure]) => measure),
      );
      assert.deepEqual([...found], measures.split(', '));
    }
  });
}
