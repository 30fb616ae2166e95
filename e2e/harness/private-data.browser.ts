/** Data of one's own: it runs without being known, and nothing of it is told but names of bundles, sizes and counts. */
import { cp, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readSav, writeSav, type SavVariable } from '../../datasets/sav/index.ts';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type Lab } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

/** In names of files and variables, and in labels. */
const planted = 'quixotic';
const source = path.resolve(import.meta.dirname, '../../datasets/files/streaming-habits/inputs');

let lab: Lab<Account>;
let own: string;
test.beforeEach(async () => {
  lab = await openLab(await startSandbox({ pace: 0.2, limits: 'none' }));
  own = await mkdtemp(path.join(os.tmpdir(), 'muster-own-'));
  await Promise.all([plantTracker(path.join(own, 'data', 'tracker')), plantStacked(path.join(own, 'data', 'panel'))]);
});
test.afterEach(async () => {
  await lab.close();
  await rm(own, { recursive: true, force: true });
});

/** A survey that asks for a review, whose weight and labels bear the word. */
async function plantTracker(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { header, columns, caseCount } = await readSav(path.join(source, 'streaming-habits.sav'));
  const told = ({ name, ...variable }: SavVariable): SavVariable => ({
    ...variable,
    name: name === 'wt' ? `${planted}_factor` : name,
    label: name === 'wt' ? 'Design weight' : `${variable.label ?? name} (${planted})`,
  });
  const values = header.variables.map(({ name }) => columns.get(name) ?? []);
  const cases = Array.from({ length: caseCount }, (_, row) =>
    values.map((column) => {
      const value = column[row];
      return value === undefined || Number.isNaN(value) ? null : value;
    }),
  );
  await writeSav(
    path.join(folder, `${planted}-wave-7.sav`),
    { ...header, variables: header.variables.map(told), weight: `${planted}_factor`, multipleResponseSets: [] },
    cases,
  );
  for (const name of await readdir(source))
    if (!name.endsWith('.sav')) await cp(path.join(source, name), path.join(folder, `${planted}-${name}`));
}

/** Three rows a respondent: the product refuses it, in words that name the columns. */
async function plantStacked(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const rows = Array.from({ length: 300 }, (_, row) => [Math.floor(row / 3) + 1, (row % 3) + 1, row % 5]);
  await writeSav(
    path.join(folder, 'panel.sav'),
    { variables: ['respid', `${planted}_wave`, 'q1'].map((name) => ({ name, width: 0 })) },
    rows,
  );
  await cp(path.join(source, 'streaming-habits-questionnaire.pdf'), path.join(folder, 'questionnaire.pdf'));
}

/** All files of a folder, with what is in them. */
async function filesBelow(folder: string): Promise<{ readonly name: string; readonly text: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const name = path.join(entry.parentPath, entry.name);
        return { name: path.relative(folder, name), text: await readFile(name, 'latin1') };
      }),
  );
}

test('a run with data of one’s own, of which one bundle passes and one fails, tells nothing that is in it', async () => {
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '2',
    PER_WORKER: '2',
    DATASETS: path.join(own, 'data'),
    DATASETS_CACHE: path.join(own, 'cache'),
  });
  expect(await run.ended, run.output()).toBe(1);
  const files = await filesBelow(lab.resultsDir);
  const tells = [...files, { name: 'the console', text: run.output() }];
  const having = (word: string): string[] =>
    tells.filter(({ name, text }) => `${name} ${text}`.toLowerCase().includes(word)).map(({ name }) => name);
  expect(having(planted)).toEqual([]);
  // The search finds what is there: bundles are told by their names.
  expect(having('tracker').length).toBeGreaterThan(5);
  expect(files.filter(({ name }) => /workbooks|failures|error-context|\.(jpe?g|png|xlsx)$/.test(name))).toEqual([]);

  const junit = files.find(({ name }) => name.endsWith('junit.xml'))?.text ?? '';
  expect(junit).toContain('The product refused the data file (200) as stacked, with several rows a respondent.');
  expect([...junit.matchAll(/<failure/g)]).toHaveLength(1);
  const events =
    files.find(({ name, text }) => name.includes('events') && text.includes('"end":"completed"'))?.text ?? '';
  // What nobody knew of the bundle, the screens said.
  for (const step of ['watch-to-review-or-end', 'save-review', 'check-workbook'])
    expect(events).toContain(`"name":"${step}"`);
  expect(events).toContain('"golden":"none","differences":[]');
  expect(lab.remaining()).toEqual([]);
});

test('what cannot be read, and what would picture the data, is refused before anything is made', async () => {
  const settings = { ...lab.attached, ANALYSTS: '1', DATASETS: path.join(own, 'data'), DATASETS_CACHE: own };
  const pictured = startRun(lab.resultsDir, settings, ['--trace', 'on']);
  expect(await pictured.ended, pictured.output()).toBe(2);
  expect(pictured.output().replace(/\s+/g, ' ')).toContain('Traces, videos and screenshots would show');
  expect(pictured.output()).not.toContain(planted);
  expect(lab.remaining()).toEqual([]);
});
