import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBrowser, noBrowserAdvice } from './browser.mjs';

test('a browser that is insisted on and is none is not replaced by another', async () => {
  assert.equal(await findBrowser({ browser: '/nowhere/chromium' }), undefined);
  assert.equal(await findBrowser({ browser: process.execPath }), undefined);
});

test('the advice names a command for every kind of machine', () => {
  assert.match(noBrowserAdvice, /npx playwright install/);
  assert.match(noBrowserAdvice, /apt-get install chromium/);
  assert.match(noBrowserAdvice, /BROWSER=/);
});
