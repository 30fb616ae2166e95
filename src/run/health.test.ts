import assert from 'node:assert/strict';
import test from 'node:test';
import { portOnThisMachine } from './health.ts';

test('only a product on this machine has a port that can be looked at', () => {
  assert.equal(portOnThisMachine('http://127.0.0.1:4100'), 4100);
  assert.equal(portOnThisMachine('http://localhost'), 80);
  assert.equal(portOnThisMachine('https://[::1]/'), 443);
  assert.equal(portOnThisMachine('https://staging.example.org'), undefined);
});
