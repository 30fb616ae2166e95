import assert from 'node:assert/strict';
import test from 'node:test';
import type { APIRequestContext, Page } from '@playwright/test';
import type { Account } from '../../run/accounts.ts';
import { askMayCreate } from './may-create.ts';
import { mustBeBack } from './origins.ts';

const account: Account = {
  email: 'ada@north.test',
  password: 'hush',
  name: 'Ada',
  organization: 'North',
  role: 'member',
};

/** Asks a product that answers with this status; what was asked is kept. */
async function answered(status: number): Promise<{ said: string | undefined; asked: string }> {
  let asked = '';
  const request = {
    post: async (path: string) => {
      asked = path;
      return { status: () => status };
    },
  } as unknown as APIRequestContext;
  const said = await askMayCreate({ request }, account, { timeoutMs: 1000, headers: {} });
  return { said, asked };
}

test('who may cancel what does not exist may create', async () => {
  const { said, asked } = await answered(404);
  assert.equal(said, undefined);
  assert.match(asked, /^\/api\/runs\/[a-z0-9]+\/cancel$/, 'nothing is launched');
});

test('a role that may not is a problem', async () => {
  await assert.rejects(answered(403), /ada@north\.test may not create projects in North .*accounts file says "member"/);
});

for (const status of [303, 307, 401])
  test(`a session that the API does not accept is a problem: ${status}`, async () => {
    await assert.rejects(answered(status), new RegExp(`does not accept that session \\(it answered ${status}\\)`));
  });

for (const status of [429, 500, 200])
  test(`${status} says nothing of the role`, async () => {
    assert.match((await answered(status)).said ?? '', new RegExp(`not known before .*answered ${status}`));
  });

test('whoever is led elsewhere by the sign-in is not at the product', () => {
  const at = (url: string): Page => ({ url: () => url }) as unknown as Page;
  assert.doesNotThrow(() =>
    mustBeBack(at('https://staging.example.org/dashboard'), 'https://staging.example.org/app', 'ada@north.test'),
  );
  assert.throws(
    () => mustBeBack(at('https://www.example.org/dashboard'), 'https://staging.example.org', 'ada@north.test'),
    /ada@north\.test is at https:\/\/www\.example\.org and not at BASE_URL .*set BASE_URL=https:\/\/www\.example\.org/,
  );
});
