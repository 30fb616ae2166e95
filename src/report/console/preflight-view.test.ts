import assert from 'node:assert/strict';
import test from 'node:test';
import { estimate } from '../../run/preflight/estimate.ts';
import type { Readiness } from '../../run/preflight/readiness.ts';
import { parseSettings } from '../../run/settings.ts';
import { renderReadiness } from './preflight-view.ts';

const fifteen = new Map([
  ['North', 8],
  ['South', 7],
]);

function readiness(given: Record<string, string> = {}, changed: Partial<Readiness> = {}): Readiness {
  const settings = parseSettings({ BASE_URL: 'http://127.0.0.1:3000', ACCOUNTS_FILE: 'accounts.json', ...given });
  return {
    settings,
    identity: { runId: 'r', startedAt: 0, shard: undefined, prefix: 'Muster 1970-01-01 r', folder: '/none' },
    target: { kind: 'attached', baseUrl: 'http://127.0.0.1:3000', accountsFile: 'accounts.json' },
    assignment: { analysts: [], admins: new Map() },
    bundles: [],
    browserVersion: '1',
    remarks: [],
    estimate: estimate(settings, { analysts: fifteen }),
    probes: false,
    signInOrigins: ['http://127.0.0.1:3001'],
    liveHosts: ['127.0.0.1:3000'],
    clocks: { product: { minMs: -300, maxMs: 700 }, live: { minMs: 3100, maxMs: 3300 } },
    ...changed,
  };
}

test('of the sandbox there is nothing to say', () => {
  const { estimate: _, ...embedded } = readiness();
  assert.equal(renderReadiness(embedded, false), '');
});

test('who waits, how long it takes, what it costs, and what would change that', () => {
  assert.deepEqual(renderReadiness(readiness(), false).split('\n'), [
    'Product   http://127.0.0.1:3000 · sign-in at http://127.0.0.1:3001',
    'Launches  up to 15 (North 8, South 7) · each organisation may launch 5 in 10 min',
    'Takes     about 3 h 20 min, by PRODUCT_RUN_MIN=50 and PRODUCT_SLOTS=3',
    'Costs     at most 60 (15 × 4) · no bound is set (MAX_COST)',
    'Clock     this machine is within 700 ms of the product · 3.2 s ahead of its live server',
    'Note      3 of 8 launches of North will be answered with 429 and wait up to 10 min; 3 of them longer',
    '          than RATE_LIMIT_WAIT_S=120 allows, and end without a project: set it to 660 if all are to',
    '          launch.',
    '          2 of 7 launches of South will be answered with 429 and wait up to 10 min; 2 of them longer',
    '          than RATE_LIMIT_WAIT_S=120 allows, and end without a project: set it to 660 if all are to',
    '          launch.',
    '          10 of 15 runs would take longer than RUN_DEADLINE_MIN=15, the queue included: set it to',
    '          240 if they are to be watched to the end.',
  ]);
});

test('a smoke that cancels what it launched', () => {
  const settings = { UNTIL: 'launched', MAX_COST: '10' };
  const one = estimate(parseSettings(settings), { analysts: new Map([['North', 1]]) });
  const text = renderReadiness(readiness(settings, { estimate: one }), false);
  assert.match(text, /Takes +minutes: runs are cancelled once launched/);
  assert.match(text, /Costs +at most 4 \(1 × 4; less, for runs are cancelled\) · MAX_COST is 10/);
  assert.doesNotMatch(text, /Note/);
});

test('where an earlier sign-in is used nobody was sent anywhere', () => {
  assert.match(renderReadiness(readiness({}, { signInOrigins: [] }), false), /:3000 · earlier sign-ins are still good/);
  const token = { AUTH_MODE: 'token', TOKEN_SECRET: 'x'.repeat(32), TOKEN_COOKIE: 'session' };
  assert.match(renderReadiness(readiness(token, { signInOrigins: [] }), false), /^Product +\S+$/m);
});

test('a journey that launches nothing costs nothing and takes no place in a queue', () => {
  const none = estimate(parseSettings({ JOURNEY: 'browse' }), { analysts: fifteen });
  const text = renderReadiness(readiness({}, { estimate: none }), false);
  assert.match(text, /Launches +none/);
  assert.doesNotMatch(text, /Takes|Costs|Note/);
});

test('probes, remarks and a live server elsewhere are told', () => {
  const text = renderReadiness(
    readiness({}, { probes: true, remarks: ['Mind the step.'], liveHosts: ['happy-otter.convex.cloud'] }),
    false,
  );
  assert.match(text.replace(/\s+/g, ' '), /live server happy-otter\.convex\.cloud/);
  assert.match(text, /PROBES=none leaves them out/);
  assert.match(text, /Mind the step\./);
});
