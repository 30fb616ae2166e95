import assert from 'node:assert/strict';
import test from 'node:test';
import { leaksIn } from './planted.ts';

const secret = `s3"crét+&<word>/'x'`;
const secrets = { password: secret };

for (const [how, text] of [
  ['as it is', `before ${secret} after`],
  ['in an address', `https://a.test/?p=${encodeURIComponent(secret)}`],
  ['in a form', new URLSearchParams({ password: secret }).toString()],
  ['in JSON', JSON.stringify({ password: secret })],
  ['in JSON within JSON', JSON.stringify(JSON.stringify({ password: secret }))],
  ['in XML', '<a>s3&quot;crét+&amp;&lt;word&gt;/&apos;x&apos;</a>'],
  ['in HTML', '<a>s3&#34;crét+&#38;&#60;word&#62;/&#39;x&#39;</a>'],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64, after one letter', Buffer.from(`:${secret} and more`).toString('base64')],
  ['in base64, after two', Buffer.from(`ab${secret} and more`).toString('base64')],
  ['in base64 for addresses', Buffer.from(`abc${secret}`).toString('base64url')],
] as const) {
  test(`a planted secret is found ${how}`, () => {
    assert.deepEqual(leaksIn('run.json', text, secrets), ['run.json: password']);
  });
}

test('a signed token is found, whosever it is', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLWhlcmU';
  assert.deepEqual(leaksIn('events.jsonl', `{"value":"${token}"}`, secrets), ['events.jsonl: a signed token']);
});

test('where nothing is nothing is found', () => {
  assert.deepEqual(leaksIn('a', 'password: [password], s3 and a word', secrets), []);
});
