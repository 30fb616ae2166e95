import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test, { afterEach, beforeEach } from 'node:test';
import { KeptStates, pruneStates } from './kept-states.ts';

const minute = 60_000;
const owner = { email: 'Ada@north.test', password: 'hush-hush' };
const baseUrl = 'https://staging.test/';
const state = (endsAt: number): { cookies: never[]; signedInAt: number; endsAt: number } => ({
  cookies: [],
  signedInAt: 0,
  endsAt,
});

let folder: string;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'muster-kept-')), 'sessions');
});
afterEach(() => rm(path.dirname(folder), { recursive: true }));

async function files(): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
const mode = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

test('a state is found again by its account and product alone', async () => {
  const states = new KeptStates(baseUrl, folder);
  await states.keep(owner, state(10 * minute));
  assert.equal((await states.find({ ...owner, email: 'ada@north.test' }, 0))?.endsAt, 10 * minute);
  assert.equal(await states.find({ ...owner, email: 'bo@north.test' }, 0), undefined);
  assert.equal(await new KeptStates('https://other.test', folder).find(owner, 0), undefined);
});

test('only its owner may read it, also where the folder was open before; no name and no password is in it', async () => {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  await new KeptStates(baseUrl, folder).keep(owner, state(10 * minute));
  const [file = ''] = await files();
  assert.equal(await mode(file), 0o600);
  assert.equal(await mode(path.dirname(file)), 0o700);
  assert.equal(await mode(folder), 0o700);
  const all = file + (await readFile(file, 'utf8'));
  for (const told of ['ada', 'Ada', 'north', 'staging', 'hush']) assert.ok(!all.includes(told), told);
});

for (const [what, spoil] of [
  ['over', () => ({ now: 10 * minute })],
  ['about to be over', () => ({ now: 10 * minute - 10_000 })],
  ['of another password', () => ({ password: 'changed' })],
  [
    'unreadable',
    async () => {
      await writeFile((await files())[0] ?? '', '{"v":1,');
      return {};
    },
  ],
] as const) {
  test(`a state that is ${what} is taken away`, async () => {
    const states = new KeptStates(baseUrl, folder);
    await states.keep(owner, state(10 * minute));
    const { password = owner.password, now = 0 } = (await spoil()) as { password?: string; now?: number };
    assert.equal(await states.find({ ...owner, password }, now), undefined);
    assert.deepEqual(await files(), []);
  });
}

test('a newer state takes the place of the one before, and leaves no draft', async () => {
  const states = new KeptStates(baseUrl, folder);
  await Promise.all([10, 11, 12].map((minutes) => states.keep(owner, state(minutes * minute))));
  await states.keep(owner, state(20 * minute));
  assert.equal((await states.find(owner, 0))?.endsAt, 20 * minute);
  assert.equal((await files()).length, 1);
});

test('states that are over are taken away, of whatever product; those that are good stay', async () => {
  await new KeptStates('https://gone.test', folder).keep(owner, state(minute));
  const states = new KeptStates(baseUrl, folder);
  await states.keep(owner, state(10 * minute));
  await pruneStates(folder, 2 * minute);
  assert.equal((await readdir(folder)).length, 1);
  assert.ok(await states.find(owner, 2 * minute));
  await pruneStates(path.join(folder, 'none'));
});
