import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { generateAllureReport, hasAllureResults, withoutThirdPartyScripts } from './allure.ts';

const FOREIGN = /<script\b[^>]*\bsrc\s*=\s*["']?\s*(?:https?:)?\/\//i;

const RESULT = {
  uuid: 'one',
  name: 'analyst-01 · coffee',
  fullName: 'main#analyst-01',
  status: 'passed',
  stage: 'finished',
  start: 1,
  stop: 2,
  labels: [],
  steps: [],
};

async function temporary(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-allure-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('removes scripts of other hosts and the analytics call, and nothing else', () => {
  const own = '<script>window.allure = {};</script><script defer src="app.js"></script>';
  const data = '<script>d("x.json", "gtag( and window.dataLayer = and https://example.test/a.js")</script>';
  const foreign =
    '<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>' +
    "<script src='//cdn.example.test/a.js'></script><SCRIPT SRC=http://example.test/b.js></SCRIPT>" +
    '<script>\n window.dataLayer = window.dataLayer || [];\n function gtag(){dataLayer.push(arguments);}\n</script>';
  assert.equal(withoutThirdPartyScripts(`${own}${foreign}${data}`), own + data);
});

test('makes a report of one page that loads no script from elsewhere, with kinds of failures and a column a figure', async (t) => {
  const folder = await temporary(t);
  const resultsFolder = join(folder, 'raw');
  assert.equal(await hasAllureResults(resultsFolder), false);
  await mkdir(resultsFolder);
  const failed = { ...RESULT, status: 'failed', statusDetails: { message: 'Error: refused with 429 for too long' } };
  await writeFile(join(resultsFolder, 'one-result.json'), JSON.stringify(failed));
  assert.equal(await hasAllureResults(resultsFolder), true);

  const page = await generateAllureReport({
    name: 'Muster one',
    resultsFolder,
    outputFolder: join(folder, 'report'),
    limitMs: 120_000,
  });
  const html = await readFile(page, 'utf8');
  assert.doesNotMatch(html, FOREIGN);
  assert.doesNotMatch(html, /googletagmanager\.com/);
  assert.doesNotMatch(html, /<script>\s*window\.dataLayer/);
  assert.ok(html.length > 100_000, 'the report itself is still there');
  assert.match(html, /<style>\s*\[data-testid="metrics-view"\][\s\S]*<\/head>/);
  assert.match(html, /Muster one/);
  const data = [...html.matchAll(/d\(("[^"]*"),\s*"([^"]*)"\)/g)].find(([, name]) =>
    name?.endsWith('categories.json"'),
  );
  assert.match(Buffer.from(data?.[2] ?? '', 'base64').toString(), /"name":"Rate limit"/);
});

test('remembers what earlier reports held, each run once', async (t) => {
  const folder = await temporary(t);
  const resultsFolder = join(folder, 'raw');
  await mkdir(resultsFolder);
  const file = join(folder, 'kept', 'history.jsonl');
  const make = async (uuid: string, status: string, keep: boolean): Promise<string[]> => {
    await writeFile(join(resultsFolder, 'one-result.json'), JSON.stringify({ ...RESULT, uuid, status }));
    await generateAllureReport({
      name: 'Muster',
      resultsFolder,
      outputFolder: join(folder, 'report'),
      limitMs: 120_000,
      history: { file, keep },
    });
    return (await readFile(file, 'utf8')).trim().split('\n');
  };
  assert.equal((await make('one', 'passed', true)).length, 1);
  assert.equal((await make('one', 'passed', false)).length, 1);
  assert.equal((await make('two', 'failed', true)).length, 2);
});

test('says so when Allure takes too long', async (t) => {
  const folder = await temporary(t);
  await assert.rejects(
    generateAllureReport({ name: 'Muster', resultsFolder: folder, outputFolder: join(folder, 'report'), limitMs: 1 }),
    /did not finish within 0 s/,
  );
});
