import assert from 'node:assert/strict';
import test from 'node:test';
import type { EventBody, MusterEvent } from '../telemetry/events.ts';
import { countProbes, foldFindings, foldProbes, textOf } from './findings.ts';

const event = (body: EventBody): MusterEvent => ({
  v: 1,
  at: 1000,
  runId: 'r',
  analyst: 'probe-twin',
  attempt: 1,
  ...body,
});

const finding = (id: string, severity: 'critical' | 'minor'): MusterEvent =>
  event({
    type: 'finding',
    id,
    title: 'Two projects of one name',
    severity,
    hazard: 1,
    lost: 'nobody knows which project is whose',
    seen: ['two launches were accepted'],
    steps: [{ at: 5000, analyst: 'Ada', what: 'launches', durationMs: 120, outcome: 'ok' }],
    requests: [{ at: 6500, analyst: 'Ada', method: 'POST', path: '/api/projects/launch', status: 200 }],
    screens: [],
    tries: 3,
    hits: 2,
    rerun: 'npx playwright test --grep @twin',
  });

const probe = (id: string, outcome: 'clean' | 'not-run' | 'broken' | 'finding', why?: string): MusterEvent =>
  event({
    type: 'probe',
    id,
    title: 'a title',
    outcome,
    ...(why === undefined ? {} : { why }),
    tries: 1,
    hits: 0,
    durationMs: 1,
  });

test('findings come the gravest first, and one that was recorded twice comes once', () => {
  const found = foldFindings([finding('b', 'minor'), finding('a', 'critical'), finding('b', 'minor')]);
  assert.deepEqual(
    found.map(({ id }) => id),
    ['a', 'b'],
  );
});

test('a finding says what is lost, what was seen, how often, who did what when, and how to see it again', () => {
  const [found] = foldFindings([finding('twin', 'critical')]);
  assert.ok(found);
  const { title, lines } = textOf(found);
  assert.equal(title, 'Two projects of one name (twin, critical)');
  assert.deepEqual(
    lines.map(([label]) => label),
    ['Lost', 'Seen', 'How often', 'Step', 'Request', 'Again'],
  );
  assert.equal(lines[2]?.[1], '2 of 3 tries');
  assert.match(lines[4]?.[1] ?? '', /^1\.5 s {2}Ada: POST \/api\/projects\/launch → 200$/);
});

test('a finding from elsewhere has its title', () => {
  assert.deepEqual(textOf({ id: 'x', title: 'T', severity: 'major', evidence: 'words' }).lines, []);
});

test('what was not run is told with its reason, and not counted as clean', () => {
  const rows = foldProbes([probe('b', 'clean'), probe('a', 'not-run', 'it must restart the product')]);
  assert.equal(rows[0]?.why, 'it must restart the product');
  assert.deepEqual(countProbes(rows), ['1 clean', '1 not run']);
});
