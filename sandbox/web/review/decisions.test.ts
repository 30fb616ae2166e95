import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewPayloadSchema, type FlaggedColumn } from '../../contract.ts';
import { byGroup, countDecisions, type Decision, keyOf, toPayload } from './decisions.ts';

const column = (groupName: string, columnName: string): FlaggedColumn => ({
  groupName,
  columnName,
  original: '',
  proposed: '',
  confidence: 0.5,
  reasoning: '',
  userSummary: '',
  alternatives: [],
  uncertainties: [],
  expressionType: 'placeholder',
});
const columns = [column('A', 'b/c'), column('A/b', 'c'), column('A', 'd')];
const key = (index: number): string => keyOf(columns[index] ?? column('', ''));

test('columns are told apart even where their names run together', () => {
  assert.notEqual(key(0), key(1));
});

test('every column has a decision that the server accepts; what nobody touched is accepted', () => {
  const decisions = new Map<string, Decision>([
    [key(1), { action: 'select_alternative', selectedAlternative: 2 }],
    [key(2), { action: 'provide_hint', hint: 'use Q5' }],
  ]);
  const payload = toPayload(columns, decisions);
  assert.deepEqual(reviewPayloadSchema.parse(payload), payload);
  assert.deepEqual(payload.decisions, [
    { groupName: 'A', columnName: 'b/c', action: 'approve' },
    { groupName: 'A/b', columnName: 'c', action: 'select_alternative', selectedAlternative: 2 },
    { groupName: 'A', columnName: 'd', action: 'provide_hint', hint: 'use Q5' },
  ]);
  assert.deepEqual(countDecisions(columns, decisions), { approve: 1, select_alternative: 1, provide_hint: 1, skip: 0 });
});

test('groups keep the order in which they came', () => {
  assert.deepEqual(
    byGroup(columns).map(([group, members]) => [group, members.map((member) => member.columnName)]),
    [
      ['A', ['b/c', 'd']],
      ['A/b', ['c']],
    ],
  );
});
