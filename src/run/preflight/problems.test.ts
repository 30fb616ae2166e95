import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { ConfigurationError } from '../configuration-error.ts';
import { keepSecret } from '../secrets.ts';
import { Problems } from './problems.ts';

test('problems stand in the order in which their checks were begun, each once', async () => {
  const problems = new Problems();
  const late = problems.of(async () => {
    await turn();
    throw new ConfigurationError('The first check.\nIt has two sentences.');
  });
  const found = await problems.of(() => 7);
  await problems.of(() => {
    throw new Error('The second check.\nCall log:\n  - waiting');
  });
  await problems.of(() => {
    throw new Error('The second check.');
  });
  assert.equal(await late, undefined);
  assert.equal(found, 7);
  assert.deepEqual(problems.found, ['The first check.\nIt has two sentences.', 'The second check.']);
  assert.throws(() => problems.throwIfAny(), ConfigurationError);
});

test('where nothing is wrong nothing is thrown', async () => {
  const problems = new Problems();
  await problems.of(() => undefined);
  assert.doesNotThrow(() => problems.throwIfAny());
});

test('a secret in a problem is veiled', async () => {
  keepSecret('password', 'plant"ed');
  const problems = new Problems();
  await problems.of(() => {
    throw new Error('fill("plant\\"ed") failed, plant%22ed too');
  });
  assert.deepEqual(problems.found, ['fill("[password]") failed, [password] too']);
});
