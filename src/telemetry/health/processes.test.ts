import assert from 'node:assert/strict';
import test from 'node:test';
import { parseStat, ticksBetween, treeOf, type ProcessRow, type Processes } from './processes.ts';

const row = (pid: number, parent: number, given: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  parent,
  startedTicks: 1,
  ownTicks: 0,
  reapedTicks: 0,
  residentPages: 0,
  ...given,
});
const all = (...rows: ProcessRow[]): Processes => new Map(rows.map((one) => [one.pid, one]));
const between = (before: Processes, after: Processes, root = 1): number =>
  ticksBetween({ processes: before, tree: treeOf(before, root) }, { processes: after, tree: treeOf(after, root) });

test('a line of /proc/<pid>/stat is read by its fields, whatever the name holds', () => {
  const fields = ['S', '7', ...Array<string>(9).fill('0'), '30', '12', '5', '3', '0', '0', '0', '0', '900', '0', '77'];
  assert.deepEqual(parseStat(`42 (a) b (c d) ${fields.join(' ')}\n`), {
    pid: 42,
    parent: 7,
    startedTicks: 900,
    ownTicks: 42,
    reapedTicks: 8,
    residentPages: 77,
  });
});

test('a tree is a process and all that descend from it', () => {
  const processes = all(row(1, 0), row(2, 1), row(3, 2), row(9, 0), row(10, 9));
  assert.deepEqual([...treeOf(processes, 1)].sort(), [1, 2, 3]);
  assert.deepEqual([...treeOf(processes, 8)], []);
});

test('what a tree used counts its members, new ones wholly, others not at all', () => {
  const before = all(row(1, 0, { ownTicks: 10 }), row(2, 1, { ownTicks: 100 }), row(9, 0, { ownTicks: 5 }));
  const after = all(
    row(1, 0, { ownTicks: 12 }),
    row(2, 1, { ownTicks: 107 }),
    row(3, 2, { ownTicks: 4 }),
    row(9, 0, { ownTicks: 50 }),
  );
  assert.equal(between(before, after), 2 + 7 + 4);
});

test('a child that ended counts once: what it used since the last look', () => {
  const before = all(row(1, 0, { reapedTicks: 40 }), row(2, 1, { ownTicks: 100, reapedTicks: 1 }));
  assert.equal(between(before, all(row(1, 0, { reapedTicks: 40 + 101 + 6 }))), 6);
});

test('a child that came and went between two looks counts by what its parent waited for', () => {
  assert.equal(between(all(row(1, 0)), all(row(1, 0, { reapedTicks: 9 }))), 9);
});

test('a child whose parent keeps no account is never counted backwards', () => {
  const before = all(row(1, 0, { ownTicks: 5 }), row(2, 1, { ownTicks: 100 }));
  assert.equal(between(before, all(row(1, 0, { ownTicks: 8 }))), 3);
});

test('a process that got the number of another is another', () => {
  const before = all(row(1, 0), row(2, 1, { ownTicks: 100, startedTicks: 5 }));
  const after = all(row(1, 0, { reapedTicks: 103 }), row(2, 1, { ownTicks: 7, startedTicks: 8 }));
  assert.equal(between(before, after), 3 + 7);
});
