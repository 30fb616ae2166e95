import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Account } from '../../run/accounts.ts';
import { mustLeadToProduct } from './invitation-hosts.ts';

/** A product that sends who is signed out to its hosted sign-in, by way of a page of its own. */
let product: Server;
let baseUrl: string;
before(async () => {
  product = createServer((request, response) => {
    const target = request.url === '/dashboard' ? '/login?next=1' : 'https://login.staging.test/authorize?state=x';
    response.writeHead(307, { location: target }).end();
  });
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(product.address() as AddressInfo).port}`;
});
after(() => product.close());

function look(links: readonly string[], { journey = 'onboard', allowed = [] as string[] } = {}): Promise<void> {
  const analysts = links.map((invitation, index): Account => ({
    email: `analyst-${index}@a.test`,
    password: 'secret',
    name: '',
    organization: 'North',
    role: 'member',
    invitation,
  }));
  const settings = { JOURNEY: journey, ALLOWED_HOSTS: allowed };
  return mustLeadToProduct(analysts, { baseUrl, settings, timeoutMs: 10_000 });
}

test('links to the product, to its sign-in, to this machine and to allowed hosts may be followed', async () => {
  await look([`${baseUrl}/invite/abc`, 'http://localhost:1/invite/abc', 'https://login.staging.test/invite/abc']);
  await look(['https://invites.staging.test/abc'], { allowed: ['invites.staging.test'] });
});

test('any other is told with its host and whose it is, all at once, and never with the link', async () => {
  await assert.rejects(
    look(['https://evil.test/secret-token', 'https://login.staging.test/abc', 'https://other.test/secret-token']),
    (error: unknown) => {
      assert.ok(error instanceof Error);
      const [first = '', second = '', ...rest] = error.message.split('\n');
      assert.match(first, /analyst-0@a\.test leads to evil\.test.*sign-in's \(127\.0\.0\.1, login\.staging\.test\)/);
      assert.match(second, /analyst-2@a\.test leads to other\.test/);
      assert.deepEqual(rest, []);
      assert.ok(!error.message.includes('secret-token'));
      return true;
    },
  );
});

test('production is refused, even when allowed', () =>
  assert.rejects(
    look(['https://login.prod.test/abc'], { allowed: ['login.prod.test'] }),
    /leads to login\.prod\.test/,
  ));

test('who has no invitation does not take part', async () => {
  const account: Account = { email: 'a@b.test', password: 'x', name: '', organization: 'North', role: 'member' };
  const settings = { JOURNEY: 'onboard', ALLOWED_HOSTS: [] };
  await assert.rejects(
    mustLeadToProduct([account], { baseUrl, settings, timeoutMs: 10_000 }),
    /a@b\.test would take part without an invitation/,
  );
});

test('journeys that follow no link do not care', () => look(['https://evil.test/abc'], { journey: 'whole' }));
