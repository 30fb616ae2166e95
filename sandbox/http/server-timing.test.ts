import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { launchForm, signIn, startTestServer, validationAnswer, type TestServer } from './testing.ts';

/** Timers may come a little early. */
const earlyMs = 2;
const slowMs = 300;

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

/** Sends a form, a part of it so much later than the rest, and returns the parts of the answer's `Server-Timing` and how long all took. */
async function send(
  path: string,
  form: FormData,
  pauseMs: number,
): Promise<{ parts: [string, number][]; allMs: number }> {
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const cookie = await signIn(server, server.account('member'));
  const begunAt = performance.now();
  const header = await new Promise<string>((resolve, reject) => {
    const asked = request(server.url + path, {
      method: 'POST',
      headers: {
        cookie,
        'content-type': encoded.headers.get('content-type') ?? '',
        'content-length': body.length,
        // Answered as soon as the server has the headers: it then waits for at least as long as we do.
        expect: '100-continue',
      },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(String(answer.headers['server-timing'] ?? '')));
    });
    asked.on('continue', () => {
      asked.write(body.subarray(0, body.length / 2));
      void sleep(pauseMs).then(() => asked.end(body.subarray(body.length / 2)));
    });
    asked.flushHeaders();
  });
  const parts = header.split(', ').map((part): [string, number] => {
    const [name = '', duration = ''] = part.split(';dur=');
    return [name, Number(duration)];
  });
  return { parts, allMs: performance.now() - begunAt };
}

function dataForm(name = 'a.sav'): FormData {
  const form = new FormData();
  form.append('dataFile', new File(['x'.repeat(10_000)], name));
  return form;
}

test('an answer says how long its body took to come, and how long the work on it', async (t) => {
  t.mock.method(server.pipeline, 'validate', async () => {
    await sleep(slowMs);
    return validationAnswer;
  });
  const { parts, allMs } = await send('/api/validate-data', dataForm(), 2 * slowMs);
  assert.deepEqual(
    parts.map(([name]) => name),
    ['receive', 'validate'],
  );
  const [[, receiveMs], [, validateMs]] = parts as [[string, number], [string, number]];
  assert.ok(receiveMs >= 2 * slowMs - earlyMs, `received in ${receiveMs} ms`);
  assert.ok(validateMs >= slowMs - earlyMs, `validated in ${validateMs} ms`);
  assert.ok(receiveMs + validateMs <= allMs, `${receiveMs} + ${validateMs} ms of ${allMs} ms`);
});

test('a launch says it too; a refusal says what it came to', async () => {
  const { parts } = await send('/api/projects/launch', launchForm({ projectName: 'Timed' }), slowMs);
  assert.deepEqual(
    parts.map(([name]) => name),
    ['receive', 'launch'],
  );
  assert.ok((parts[0]?.[1] ?? 0) >= slowMs - earlyMs);
  const refused = await send('/api/validate-data', dataForm('a.txt'), slowMs);
  assert.deepEqual(
    refused.parts.map(([name]) => name),
    ['receive'],
  );
});
