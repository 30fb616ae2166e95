import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { offsetOf } from '../../run/preflight/clocks.ts';
import { askHealth, type Health } from './health.ts';

/** Asks a server that answers like this. */
async function asked(t: TestContext, answer: (response: ServerResponse) => void): Promise<Health> {
  const server = createServer((_, response) => {
    answer(response);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return askHealth({ kind: 'attached', baseUrl, accountsFile: '' }, 15_000);
}
const saying = (health: unknown) => (response: ServerResponse) => response.write(JSON.stringify(health));

test('a product that is well', async (t) => {
  const checks = { database: 'healthy', environment: 'healthy', auth: 'healthy' };
  const { degraded, clock } = await asked(t, saying({ status: 'ok', checks }));
  assert.equal(degraded, undefined);
  const { minMs, maxMs } = offsetOf(clock);
  assert.ok(minMs <= 0 && maxMs >= 0, `one clock cannot differ from itself: ${minMs} to ${maxMs} ms`);
});

test('a product that is degraded can be looked at all the same', async (t) => {
  const { degraded } = await asked(t, saying({ status: 'degraded', checks: { database: 'unhealthy' } }));
  assert.match(degraded ?? '', /degraded .*"database":"unhealthy".* repair it first/);
});

for (const health of [
  { status: 'ok', environment: 'production' },
  { status: 'ok', checks: { environment: 'Production' } },
  { status: 'ok', checks: { environment: { env: 'prod' } } },
]) {
  test(`refused: ${JSON.stringify(health)}`, async (t) => {
    await assert.rejects(asked(t, saying(health)), /calls itself production/);
  });
}

test('a word is no environment', async (t) => {
  const health = { status: 'ok', checks: { environment: 'healthy' }, note: 'production is elsewhere' };
  await assert.doesNotReject(asked(t, saying(health)));
});

test('a product that sends its visitors elsewhere names where', async (t) => {
  await assert.rejects(
    asked(t, (response) => response.writeHead(308, { location: 'https://www.example.org/api/health' })),
    /sends its visitors to https:\/\/www\.example\.org even for/,
  );
});

test('an address that asks for a password first', async (t) => {
  await assert.rejects(
    asked(t, (response) => response.writeHead(401)),
    /answered 401 to \/api\/health: check that BASE_URL/,
  );
});

test('somebody else’s page', async (t) => {
  await assert.rejects(
    asked(t, (response) => response.write('<!doctype html>\n<title>Parked</title>')),
    /is not the product \(it says "<!doctype html> <title>Parked<\/title>"\): check BASE_URL/,
  );
});

test('a clock that is two minutes behind is seen to be', async (t) => {
  const { clock } = await asked(t, (response) => {
    response.setHeader('date', new Date(Date.now() - 120_000).toUTCString());
    saying({ status: 'ok' })(response);
  });
  const { minMs, maxMs } = offsetOf(clock);
  assert.ok(minMs > 118_000 && maxMs >= 120_000, `between ${minMs} and ${maxMs} ms`);
});
