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

const finding = (
  id: string,
  severity: 'critical' | 'major' | 'minor',
  more: Partial<Extract<EventBody, { type: 'finding' }>> = {},
): MusterEvent =>
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
    ...more,
  });

const probe = (id: string, outcome: 'clean' | 'not-run' | 'broken' | 'finding', why?: string): MusterEvent =>
  event({
    type: 'probe',
    id,
    title: 'a title',
    outcome,
    ...(why === undefined ? {} : { why }),
    tries: 4,
    hits: 3,
    durationMs: 1,
  });

test('findings come the gravest first, and one that was recorded twice comes once', () => {
  const found = foldFindings([
    finding('b', 'minor', { tries: 1 }),
    finding('c', 'major'),
    finding('a', 'critical'),
    finding('b', 'minor', { tries: 9 }),
  ]);
  assert.deepEqual(
    found.map(({ id }) => id),
    ['a', 'c', 'b'],
  );
  // The record written last knows most.
  assert.equal((found[2]?.evidence as { tries: number }).tries, 9);
  assert.equal((found[0]?.evidence as { hazard?: number }).hazard, 1);
});

test('pictures that were taken are named, with where they are', () => {
  const [found] = foldFindings([finding('twin', 'critical', { screens: ['findings/a.jpg', 'findings/b.jpg'] })]);
  assert.ok(found);
  assert.deepEqual(textOf(found).lines.at(-2), ['Pictures', 'findings/a.jpg, findings/b.jpg, in the run’s folder']);
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
  assert.equal(lines[0]?.[1], 'nobody knows which project is whose');
  assert.equal(lines[2]?.[1], '2 of 3 tries');
  assert.equal(lines[3]?.[1], '0.0 s  Ada: launches (120 ms)');
  assert.equal(lines[5]?.[1], 'npx playwright test --grep @twin');
  assert.match(lines[4]?.[1] ?? '', /^1\.5 s {2}Ada: POST \/api\/projects\/launch → 200$/);
});

test('what failed, what was never answered and what was seen most are said as such', () => {
  const step = { at: 5000, analyst: 'Ada', what: 'launches', durationMs: 120, outcome: 'failed' as const };
  const request = { at: 6500, analyst: 'Ada', method: 'POST', path: '/x', status: 0 };
  const [found] = foldFindings([
    finding('twin', 'major', { seen: ['one', 'two', 'three'], steps: [step], requests: [request], tries: 1, hits: 1 }),
  ]);
  assert.ok(found);
  assert.deepEqual(
    textOf(found).lines.map(([, text]) => text),
    [
      'nobody knows which project is whose',
      'one',
      'two',
      '1 of 1 try',
      '0.0 s  Ada: launches (120 ms, failed)',
      '1.5 s  Ada: POST /x → no answer',
      'npx playwright test --grep @twin',
    ],
  );
});

test('a finding from elsewhere has its title', () => {
  for (const evidence of ['words', null, { rerun: 'npm start' }])
    assert.deepEqual(textOf({ id: 'x', title: 'T', severity: 'major', evidence }).lines, []);
});

test('what was not run is told with its reason, and not counted as clean', () => {
  const rows = foldProbes([probe('b', 'clean'), probe('a', 'not-run', 'it must restart the product')]);
  assert.equal(rows[0]?.why, 'it must restart the product');
  assert.deepEqual([rows[1]?.tries, rows[1]?.hits], [4, 3]);
  assert.deepEqual(countProbes(rows), ['1 clean', '1 not run']);
  assert.deepEqual(countProbes(foldProbes([probe('c', 'broken'), probe('d', 'finding'), probe('e', 'finding')])), [
    '2 with a finding',
    '1 came to no answer',
  ]);
});
