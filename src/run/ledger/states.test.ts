import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { auditRun } from './audit.ts';
import type { Observation } from './observations.ts';
import { violationsIn } from './paths.ts';
import { accepted, begun, intended, own, sighting, swept } from './records.testing.ts';
import { mayFollow, states, type StateName } from './states.ts';

const names = Object.keys(states) as StateName[];
/** States that whoever watches a product can see; the others are the journal's. */
const visible = names.filter((name) => name !== 'intended' && name !== 'refused');

function isRemoval(name: StateName): boolean {
  return name === 'deleted' || name === 'vanished';
}

function seen(name: StateName, place: number): Observation {
  return { project: 'P', at: place, analyst: 'analyst-01', witness: 'subscription', saw: name, states: [name] };
}

/** A walk along the table, told with gaps: a witness need not see each state, and may see one several times. */
const permittedWalk = fc
  .array(fc.record({ choice: fc.nat(), told: fc.nat(2) }), { minLength: 1, maxLength: 12 })
  .map((moves) => {
    let at: StateName = 'accepted';
    const walk: StateName[] = [];
    for (const { choice, told } of moves) {
      for (let time = 0; time < told; time += 1) walk.push(at);
      const next: readonly StateName[] = states[at].next;
      at = next[choice % Math.max(1, next.length)] ?? at;
    }
    return walk;
  });

test('no permitted path is a breach, however much of it is seen', () => {
  fc.assert(
    fc.property(permittedWalk, (walk) => {
      assert.deepEqual(violationsIn(walk.map(seen)), []);
    }),
  );
});

const delays = fc.array(fc.nat(2000), { minLength: 24, maxLength: 24 });

test('nor is it when two colleagues hear of it, each at some time of their own', () => {
  const words = {
    accepted: 'no-run',
    running: 'in_progress',
    reviewing: 'pending_review',
    completed: 'success',
    failed: 'error',
  } as const;
  fc.assert(
    fc.property(permittedWalk, delays, (walk, late) => {
      const told = walk.filter((name) => !isRemoval(name));
      const events = ['analyst-01', 'analyst-02'].flatMap((analyst, listener) => {
        let at = 0;
        return told.map((name, place) => {
          at = Math.max(at, place + (late[place * 2 + listener] ?? 0) / 1000);
          const word = name in words ? words[name as keyof typeof words] : name;
          return sighting(analyst, at, word, { versionS: place });
        });
      });
      const { breaches } = auditRun([intended, accepted, swept([own])], [...begun, ...events]);
      assert.deepEqual(breaches, []);
    }),
  );
});

test('a step to any state that may not follow is exactly the breach that the table names', () => {
  for (const from of visible)
    for (const to of visible.filter((name) => !isRemoval(name) || !isRemoval(from))) {
      const found = violationsIn([seen(from, 0), seen(to, 1)]).map(({ kind }) => kind);
      assert.deepEqual(found, mayFollow(from, to) ? [] : [states[from].otherwise[to]], `${from} → ${to}`);
    }
});

test('every pair of states is either permitted or a breach, never both', () => {
  for (const from of visible)
    for (const to of visible.filter((name) => name !== from && !isRemoval(name))) {
      const breach = states[from].otherwise[to];
      assert.equal(breach === undefined, mayFollow(from, to), `${from} → ${to}`);
    }
});

test('an end that is permitted is left by nothing but removal', () => {
  for (const name of ['completed', 'failed', 'cancelled'] as const)
    assert.deepEqual([...states[name].next], ['deleted', 'vanished']);
});
