import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../e2e/hazards/catalogue/index.ts';
import { faultNames } from '../sandbox/faults/index.ts';
import { batchesOf, cellsOf, concernedBy, unproved, type Batch } from './plan.ts';
import { small } from './testing.ts';

const everything = { faults: ['twice', 'leak'], probes: ['twice', 'leak', 'tabs'], each: 1, clean: 2 };

test('each fault is tried by the probe that proves it and by those it comes near; each probe also where there is none', () => {
  assert.deepEqual(
    cellsOf(small, everything).map(({ fault, probe, expected, needed }) => `${fault} ${probe} ${expected} ${needed}`),
    [
      'twice twice finding 1',
      'twice tabs clean 1',
      'leak leak finding 1',
      'leak twice clean 1',
      'null twice clean 2',
      'null leak clean 2',
      'null tabs clean 2',
    ],
  );
});

test('a choice leaves the rest out', () => {
  const cells = cellsOf(small, { faults: ['twice'], probes: ['tabs'], each: 3, clean: 0 });
  assert.deepEqual(
    cells.map(({ fault, probe, needed }) => [fault, probe, needed]),
    [['twice', 'tabs', 3]],
  );
  assert.deepEqual(concernedBy(small, ['leak']), ['twice', 'leak']);
  assert.throws(() => cellsOf(small, { ...everything, probes: ['none'] }), /There is no probe "none"/);
});

test('a fault without a probe is named', () => {
  assert.deepEqual(unproved(small, ['twice', 'leak', 'slow']), ['slow']);
});

test('what is missing is tried fault by fault, the clean runs in turns, each with a seed of its own', () => {
  const line = ({ fault, probes, seed }: Batch) => `${fault} ${seed} ${probes.join()}`;
  const cells = cellsOf(small, everything);
  assert.deepEqual(batchesOf(cells, () => false).map(line), [
    'twice 1 twice,tabs',
    'leak 1 leak,twice',
    'null 1 twice,leak,tabs',
    'null 2 twice,leak,tabs',
  ]);
  const done = batchesOf(cells, ({ fault, probe }, seed) => fault !== null || (probe === 'leak' && seed === 1));
  assert.deepEqual(done.map(line), ['null 1 twice,tabs', 'null 2 twice,leak,tabs']);
  assert.deepEqual(
    batchesOf(cells, () => true),
    [],
  );
});

test('an invocation does not grow long', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`p${at}`, { near: [] }]));
  const cells = cellsOf(many, { faults: [], probes: Object.keys(many), each: 1, clean: 1 });
  assert.deepEqual(
    batchesOf(cells, () => false).map(({ probes }) => probes.length),
    [8, 8, 4],
  );
});

test('the catalogue speaks of faults that there are, and keeps each entry under its own id', () => {
  const faults: readonly string[] = faultNames;
  for (const [id, entry] of Object.entries(catalogue)) {
    assert.equal(entry.id, id);
    const named: readonly string[] = [...entry.near, ...('proves' in entry ? [entry.proves] : [])];
    for (const fault of named) assert.ok(faults.includes(fault), `${id} speaks of ${fault}`);
    if ('proves' in entry) assert.ok(!(entry.near as readonly string[]).includes(entry.proves), id);
  }
});
