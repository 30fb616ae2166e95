import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSettings, type Settings } from '../settings.ts';
import { estimate, estimateSchema } from './estimate.ts';

function settings(given: Record<string, string> = {}): Settings {
  return parseSettings({ BASE_URL: 'http://127.0.0.1:3000', ACCOUNTS_FILE: 'accounts.json', ...given });
}
const fifteen = new Map([
  ['North', 8],
  ['South', 7],
]);

test('fifteen analysts on the product as its papers describe it', () => {
  const found = estimate(settings(), { analysts: fifteen });
  assert.doesNotThrow(() => estimateSchema.parse(found));
  assert.equal(found.analysts, 15);
  assert.equal(found.launches, 15);
  assert.equal(found.cost, 60);
  assert.deepEqual(found.organizations, [
    { organization: 'North', launches: 8, remembered: 0, refused: 3, longestWaitMin: 10, givingUp: 3 },
    { organization: 'South', launches: 7, remembered: 0, refused: 2, longestWaitMin: 10, givingUp: 2 },
  ]);
  // Ten are accepted at once; three slots of 50 minutes each: 3, 3, 3 and 1.
  assert.equal(found.durationMin, 200);
  assert.equal(found.slowestMin, 200);
  assert.equal(found.late, 10);
});

test('who has patience is launched in the next window, and waits in the queue from then on', () => {
  const patient = settings({ RATE_LIMIT_WAIT_S: '600', RUN_DEADLINE_MIN: '250' });
  const found = estimate(patient, { analysts: fifteen });
  assert.deepEqual(
    found.organizations.map(({ refused, givingUp }) => [refused, givingUp]),
    [
      [3, 0],
      [2, 0],
    ],
  );
  // Five rounds of three, the last two of which were launched ten minutes later.
  assert.equal(found.durationMin, 250);
  assert.equal(found.slowestMin, 240);
  assert.equal(found.late, 0);
});

test('eleven launches of one organisation need three windows of five', () => {
  const [only] = estimate(settings({ RATE_LIMIT_WAIT_S: '1200' }), {
    analysts: new Map([['North', 11]]),
  }).organizations;
  assert.deepEqual([only?.refused, only?.longestWaitMin, only?.givingUp], [6, 20, 0]);
});

test('launches of earlier runs use the window up until it forgets them', () => {
  const earlier = new Map([['North', [1, 2, 9, 11]]]);
  const [only] = estimate(settings(), { analysts: new Map([['North', 3]]), earlier }).organizations;
  assert.equal(only?.remembered, 3);
  // Two are free; the third may go when the one of nine minutes ago is forgotten.
  assert.deepEqual([only?.refused, only?.longestWaitMin], [1, 1]);
  assert.equal(only?.givingUp, 0);
});

test('a product without a limit refuses nobody', () => {
  const found = estimate(settings({ LAUNCH_LIMIT: 'none' }), { analysts: fifteen });
  assert.ok(found.organizations.every(({ refused, givingUp }) => refused === 0 && givingUp === 0));
  assert.equal(found.durationMin, 250);
});

test('runs that are cancelled once launched cost at most as much, and take no time in the queue', () => {
  const found = estimate(settings({ UNTIL: 'launched' }), { analysts: fifteen });
  assert.equal(found.cost, 60);
  assert.equal(found.cutShort, true);
  assert.equal(found.durationMin, 0);
  assert.equal(found.late, 0);
});

test('a journey that creates nothing costs nothing', () => {
  const found = estimate(settings({ JOURNEY: 'browse' }), { analysts: fifteen });
  assert.deepEqual([found.analysts, found.launches, found.cost, found.durationMin], [15, 0, 0, 0]);
});
