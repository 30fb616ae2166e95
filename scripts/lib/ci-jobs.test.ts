import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { validate } from '@actions/languageservice/validate';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { jobs, runIdOf } from './ci-jobs.mjs';

const workflows = new URL('../../.github/workflows/', import.meta.url);

test('a smoke on somebody’s staging stops once the card has moved; given settings win', () => {
  const { defaults } = jobs['smoke'] ?? assert.fail();
  assert.equal(defaults({ BASE_URL: 'https://staging.example.org' })['UNTIL'], 'launched');
  assert.equal(defaults({ BASE_URL: 'https://staging.example.org', UNTIL: 'done' })['UNTIL'], undefined);
  assert.equal(defaults({})['UNTIL'], undefined);
  assert.equal(defaults({ THINK_S: ' ' })['THINK_S'], '1');
});

test('the run’s own status decides, not that of the report', () => {
  const commands = (jobs['nightly'] ?? assert.fail()).commands('x');
  assert.deepEqual(
    commands.map(({ decides }) => decides),
    [true, false],
  );
});

test('each attempt of a workflow is a run with an id that the sweep can know', () => {
  assert.equal(runIdOf({ GITHUB_RUN_ID: '17345678901', GITHUB_RUN_ATTEMPT: '2' }), 'g7yv63hxa2');
  assert.match(runIdOf({ GITHUB_RUN_ID: '99999999999', GITHUB_RUN_ATTEMPT: '35' }), /^[a-z0-9]{1,16}$/);
  assert.equal(runIdOf({ RUN_ID: 'mine', GITHUB_RUN_ID: '1' }), 'mine');
  assert.equal(runIdOf({}), '');
});

/** What the validator of GitHub's own editor says of a workflow. */
async function complaints(name: string, text: string): Promise<string[]> {
  const document = TextDocument.create(`file:///.github/workflows/${name}`, 'yaml', 1, text);
  return (await validate(document)).map(({ message }) => (typeof message === 'string' ? message : message.value));
}

test('workflows are what an Actions linter accepts', async () => {
  const names = (await readdir(workflows)).filter((name) => name.endsWith('.yml'));
  assert.ok(names.length >= 3);
  for (const name of names)
    assert.deepEqual(await complaints(name, await readFile(new URL(name, workflows), 'utf8')), [], name);
  // It does find what is wrong.
  const wrong = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stepz:\n      - run: ${{ nope }}\n';
  assert.notDeepEqual(await complaints('wrong.yml', wrong), []);
});

test('workflows that load staging wait for each other, sweep whatever happens, and keep what there is to see', async () => {
  for (const name of ['smoke.yml', 'nightly.yml']) {
    const text = await readFile(new URL(name, workflows), 'utf8');
    assert.match(text, /concurrency:\n {2}group: muster-staging\n {2}cancel-in-progress: false/);
    assert.match(text, /- name: Sweep\n {8}if: always\(\)\n {8}run: node scripts\/ci\.mjs sweep/);
    assert.match(text, /upload-artifact@v4\n {8}if: always\(\)/);
  }
});
