/** Data of one's own: it runs without being known, and nothing of it is told but names of bundles, sizes and counts. */
import { cp, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { findBundles } from '../../datasets/find-bundles.ts';
import { readSav, writeSav, type SavVariable } from '../../datasets/sav/index.ts';
import { openStore } from '../../datasets/store/client.ts';
import { uploadBundles } from '../../datasets/store/upload.ts';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type Lab } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 420_000 });

/** In names of files and variables, and in labels. */
const planted = 'quixotic';
const source = path.resolve(import.meta.dirname, '../../datasets/files/mobile-networks/inputs');

/** Of the sandbox's own store. */
const storeKeys = { accessKeyId: 'sandbox', secretAccessKey: 'muster-sandbox-objects' };

let sandbox: RunningSandbox;
let lab: Lab<Account>;
let own: string;
test.beforeEach(async () => {
  sandbox = await startSandbox({ pace: 0.2, limits: 'none' });
  lab = await openLab(sandbox);
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
  const { header, columns, caseCount } = await readSav(path.join(source, 'mobile-networks.sav'));
  const told = ({ name, ...variable }: SavVariable): SavVariable => ({
    ...variable,
    name: name === 'weight' ? `${planted}_factor` : name,
    label: name === 'weight' ? 'Design weight' : `${variable.label ?? name} (${planted})`,
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
  await cp(path.join(source, 'mobile-networks-questionnaire.pdf'), path.join(folder, 'questionnaire.pdf'));
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
  expect(files.map(({ name }) => name).filter((name) => /workbooks|failures|\.(jpe?g|png|xlsx)$/.test(name))).toEqual(
    [],
  );
  // What Playwright adds to a test that failed, when nobody keeps it from that.
  expect(files.filter(({ text }) => text.includes('# Page snapshot')).map(({ name }) => name)).toEqual([]);

  const junit = files.find(({ name }) => name.endsWith('junit.xml'))?.text ?? '';
  expect(junit).toContain('The product refused the data file (200) as stacked, with several rows a respondent.');
  // The verdict, and the one journey.
  expect([...junit.matchAll(/<(?:failure|error) [^>]*type="(\w+)"/g)].map(([, type]) => type)).toEqual([
    'FAIL',
    'failed',
  ]);
  const events =
    files.find(({ name, text }) => name.includes('events') && text.includes('"end":"completed"'))?.text ?? '';
  // What nobody knew of the bundle, the screens said.
  for (const step of ['watch-to-review-or-end', 'save-review', 'check-workbook'])
    expect(events).toContain(`"name":"${step}"`);
  expect(events).toContain('"golden":"none","differences":[]');
  expect(lab.remaining()).toEqual([]);
});

test('it can come from a store; what would picture it is refused before anything is made', async () => {
  const { endpoint, ...keys } = { endpoint: sandbox.objectsUrl, bucket: 'muster', ...storeKeys };
  const store = await openStore({ endpoint, ...keys });
  const bundles = await findBundles(path.join(own, 'data'));
  await uploadBundles(store, bundles, { say: () => undefined }).finally(() => store.close());
  const settings = {
    ...lab.attached,
    ANALYSTS: '1',
    BUNDLES: 'tracker',
    DATASETS: 'store',
    DATASETS_CACHE: path.join(own, 'cache'),
    S3_ENDPOINT: endpoint,
    R2_BUCKET_NAME: keys.bucket,
    R2_ACCESS_KEY_ID: keys.accessKeyId,
    R2_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  const run = startRun(lab.resultsDir, settings, ['--trace', 'on']);
  expect(await run.ended, run.output()).toBe(2);
  const said = run.output().replace(/\s+/g, ' ');
  expect(said).toMatch(/1 dataset of bucket "muster" at http:\S+: 3 of 3 files fetched \(\d\.\d+ MB\), all verified\./);
  expect(said).toContain('Traces, videos and screenshots would show');
  expect(said).not.toContain(planted);
  expect(lab.remaining()).toEqual([]);
});
