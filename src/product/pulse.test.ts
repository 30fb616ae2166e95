import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import { feelPulse } from './pulse.ts';

async function listen(server: http.Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('a product that is gone is told of, after its grace', async () => {
  const server = http.createServer((_, response) => response.writeHead(500).end());
  const port = await listen(server);
  const pulse = feelPulse(`http://127.0.0.1:${port}`, { everyMs: 5, graceMs: 100 });
  let said: unknown;
  pulse.gone.catch((error: unknown) => (said = error));
  await once(server, 'request');
  await once(server, 'request');
  assert.equal(said, undefined, 'an answer with an error is a pulse');
  const closedAt = performance.now();
  server.closeAllConnections();
  server.close();
  await assert.rejects(pulse.gone, /is gone \(.*ECONNREFUSED.*Look at why it ended/s);
  assert.ok(performance.now() - closedAt >= 100);
});

test('a product that comes back within its grace has never been gone', async () => {
  const first = http.createServer((_, response) => response.end());
  const port = await listen(first);
  const pulse = feelPulse(`http://127.0.0.1:${port}`, { everyMs: 5, graceMs: 60_000 });
  let said: unknown;
  pulse.gone.catch((error: unknown) => (said = error));
  await once(first, 'request');
  first.closeAllConnections();
  first.close();
  await once(first, 'close');
  const second = http.createServer((_, response) => response.end());
  await listen(second, port);
  await once(second, 'request');
  assert.equal(said, undefined);
  pulse.stop();
  second.closeAllConnections();
  second.close();
});
