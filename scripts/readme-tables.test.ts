import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { withTables } from './readme-tables.ts';

test("the README's tables of settings are those of the settings", async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  assert.equal(readme, withTables(readme), 'Run npm run papers.');
});

test('a README without the marks is refused', () => {
  assert.throws(() => withTables('# Muster'), /lacks the marks <!-- settings -->/);
});
