import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reconcile } from './ledger.ts';
import { event, goodJournal, journalRecord, projectOf } from './sample-run.testing.ts';

const A = 'analyst-01';
const B = 'analyst-02';
const swept = (listed: string[], deleted = listed, remaining: string[] = [], organization = 'Meridian Research') =>
  journalRecord('teardown', { type: 'swept', organization, listed, deleted, remaining });
const launched = goodJournal([A, B]).slice(0, -1);

test('books that balance', () => {
  const { ledger, breaches } = reconcile(goodJournal([A, B]), []);
  assert.deepEqual(breaches, []);
  assert.deepEqual(ledger, {
    intended: 2,
    acknowledged: 2,
    listed: 2,
    finished: 2,
    lost: 0,
    duplicated: 0,
    leaked: null,
    stuck: null,
    overwritten: null,
    resurrected: null,
    orphaned: 0,
    foreignResults: null,
    deleted: 2,
    remaining: 0,
    golden: { equal: 0, different: 0, none: 0 },
    breaches: [],
  });
});

test('nothing intended is nothing owed', () => {
  assert.deepEqual(reconcile([], []).breaches, []);
  assert.equal(reconcile([], []).ledger.remaining, 0);
});

test('a project that no list holds any more is lost, also when it was seen to end', () => {
  const { ledger, breaches } = reconcile([...launched, swept([projectOf(A)])], []);
  assert.equal(ledger.lost, 1);
  assert.equal(breaches.length, 1);
  assert.deepEqual(breaches, [
    `The project “${projectOf(B)}” was accepted by the product and then lost: see Breaches.`,
  ]);
  assert.deepEqual(
    ledger.breaches?.map(({ kind, project }) => [kind, project]),
    [['lost', projectOf(B)]],
  );
});

test('a project that remains, and one that exists twice', () => {
  const { ledger, breaches } = reconcile(
    [...launched, swept([projectOf(A), projectOf(B), projectOf(B)], [projectOf(A)], [projectOf(B)])],
    [],
  );
  assert.deepEqual([ledger.remaining, ledger.duplicated, ledger.deleted], [1, 1, 1]);
  assert.match(breaches[0] ?? '', /was left behind in the product: see Breaches\. Delete what is left/);
  assert.match(breaches[1] ?? '', /exists more than once/);
});

test('one name accepted as two projects is a duplicate', () => {
  const again = journalRecord(A, {
    type: 'acknowledged',
    project: projectOf(A),
    projectId: 'another',
    productRunId: 'r',
  });
  assert.equal(reconcile([...goodJournal([A, B]), again], []).ledger.duplicated, 1);
});

test('without a sweep nobody knows what remains, nor what was lost', () => {
  const { ledger, breaches } = reconcile(
    launched.filter((record) => !(record.type === 'ended' && record.analyst === B)),
    [],
  );
  assert.equal(ledger.remaining, null);
  assert.equal(ledger.lost, 0);
  assert.equal(breaches.length, 1);
  assert.match(breaches[0] ?? '', /Teardown left no record for Meridian Research/);
});

test('a list that teardown could not open: what may remain is named, and nothing is said to be left', () => {
  const blind = journalRecord('teardown', {
    type: 'swept',
    organization: 'Meridian Research',
    listed: [projectOf(A), projectOf(B)],
    deleted: [],
    remaining: [projectOf(A), projectOf(B)],
    looked: false,
  });
  const { ledger, breaches } = reconcile([...launched, blind], []);
  assert.deepEqual([ledger.remaining, ledger.listed, ledger.orphaned, ledger.lost], [null, 0, 0, 0]);
  assert.deepEqual(breaches, [
    `Teardown could not look at Meridian Research in the end, so nobody knows whether these projects of this run remain: “${projectOf(A)}”, “${projectOf(B)}”. Look in the product, as an admin.`,
  ]);
  // Whoever looks later knows.
  assert.deepEqual(reconcile([...launched, blind, swept([projectOf(A), projectOf(B)])], []).breaches, []);
  assert.match(
    reconcile([...launched, { ...blind, remaining: [] } as typeof blind], []).breaches.join(),
    /could not look at .* whether projects of this run remain\./,
  );
});

test('an analyst who failed before its launch was accepted has finished nothing', () => {
  const failed = event(A, 3_000, { type: 'project', name: projectOf(A), bundle: 'coffee', end: 'failed' });
  assert.equal(reconcile([], [failed]).ledger.finished, 0);
});

test('a later sweep has the last word on what remains', () => {
  const { ledger, breaches } = reconcile(
    [...launched, swept([projectOf(A), projectOf(B)], [projectOf(A)], [projectOf(B)]), swept([projectOf(B)])],
    [],
  );
  assert.deepEqual(breaches, []);
  assert.deepEqual([ledger.listed, ledger.deleted, ledger.remaining], [2, 2, 0]);
});

test('refused is an end; refused and existing is a contradiction, unless it was accepted later', () => {
  const refused = journalRecord(B, {
    type: 'refused',
    project: projectOf(B),
    status: 429,
    message: 'Too many requests.',
  });
  const onlyA = goodJournal([A]).slice(0, -1);
  const intendedB = journalRecord(B, {
    type: 'intended',
    project: projectOf(B),
    bundle: 'coffee',
    organization: 'Meridian Research',
  });
  assert.deepEqual(reconcile([...onlyA, intendedB, refused, swept([projectOf(A)])], []).breaches, []);
  assert.match(
    reconcile([...onlyA, intendedB, refused, swept([projectOf(A), projectOf(B)])], []).breaches.join(),
    /was refused by the product and exists all the same/,
  );
  assert.deepEqual(reconcile([...launched, refused, swept([projectOf(A), projectOf(B)])], []).breaches, []);
});

test('an intention whose worker died is settled either way', () => {
  const intended = launched.filter((record) => record.analyst === A || record.type === 'intended');
  assert.deepEqual(reconcile([...intended, swept([projectOf(A)])], []).breaches, []);
  assert.deepEqual(reconcile([...intended, swept([projectOf(A), projectOf(B)])], []).breaches, []);
});

test('a project that the journal does not know is named', () => {
  assert.match(
    reconcile([...launched, swept([projectOf(A), projectOf(B), 'x'])], []).breaches.join(),
    /“x” carries the name of this run, and nobody in it launched it/,
  );
});

test('a pending review is no end; many names are counted, not all named', () => {
  const pending = [journalRecord(A, { type: 'ended', project: projectOf(A), end: 'pending-review' })];
  assert.equal(reconcile(pending, []).ledger.finished, 0);
  const names = ['a', 'b', 'c', 'd', 'e'];
  assert.match(
    reconcile([swept(names, [], names)], []).breaches[0] ?? '',
    /^5 projects were left behind in the product, such as “a”: see Breaches\./,
  );
});

test('what nobody watched is unknown; what was watched and is well is none', () => {
  const seen = event(A, 3_000, {
    type: 'sighting',
    project: projectOf(A),
    projectId: `p-${A}`,
    productRunId: 'r',
    status: 'success',
    versionAt: 1,
    view: 1,
  });
  const { ledger } = reconcile(goodJournal([A, B]), [seen], { deadlineMs: 1_000 });
  assert.deepEqual(
    [ledger.leaked, ledger.stuck, ledger.overwritten, ledger.resurrected, ledger.foreignResults],
    [0, 0, 0, 0, null],
  );
});

test('the reason says what happened, the breach who saw it; other workbooks come with the way to accept them', () => {
  const result = event(A, 3_000, {
    type: 'result',
    project: projectOf(A),
    file: 'crosstabs.xlsx',
    golden: 'different',
    differences: ['Table S1 has the base 10 instead of 12.'],
  });
  const { ledger, breaches } = reconcile(goodJournal([A, B]), [result]);
  assert.deepEqual(ledger.golden, { equal: 0, different: 1, none: 0 });
  assert.equal(ledger.foreignResults, 1);
  assert.match(
    breaches[0] ?? '',
    /^The project .* yielded another workbook than the one made alone: see Breaches\. .*GOLDEN=make/,
  );
});

test('workbooks of another layout are counted apart: nothing was compared', () => {
  const result = event(A, 3_000, {
    type: 'result',
    project: projectOf(A),
    file: 'crosstabs.xlsx',
    golden: 'unrecognised',
    differences: [],
  });
  const { ledger, breaches } = reconcile(goodJournal([A, B]), [result]);
  assert.deepEqual(ledger.golden, { equal: 0, different: 0, none: 0, unrecognised: 1 });
  assert.equal(ledger.foreignResults, null);
  assert.deepEqual(breaches, []);
});
