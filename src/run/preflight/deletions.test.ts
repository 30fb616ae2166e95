import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remarkOnDeletions } from './deletions.ts';

const settings = { LAUNCH_LIMIT: '5/10', CLEANUP_DEADLINE_S: 180 };

test('what fits into the limit needs no word', () => {
  assert.equal(remarkOnDeletions(settings, 'north', 4), undefined);
  assert.equal(remarkOnDeletions({ ...settings, LAUNCH_LIMIT: 'none' }, 'north', 400), undefined);
  assert.equal(remarkOnDeletions({ ...settings, CLEANUP_DEADLINE_S: 700 }, 'north', 8), undefined);
});

test('what does not is told with what to set: the preflight’s own question counts', () => {
  assert.match(
    remarkOnDeletions(settings, 'north', 5) ?? '',
    /deleting 5 of north takes about 10 min.*Set it to 720\./,
  );
  assert.match(remarkOnDeletions(settings, 'north', 15) ?? '', /about 30 min.*Set it to 1920\./);
});
