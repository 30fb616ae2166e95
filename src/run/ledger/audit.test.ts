import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MusterEvent } from '../../telemetry/events.ts';
import type { JournalRecord } from '../journal-schema.ts';
import { auditRun } from './audit.ts';
import {
  accepted,
  begun,
  blind,
  card,
  ended,
  event,
  goodJournal,
  goodSightings,
  intended,
  journal,
  own,
  refused,
  sighting,
  swept,
} from './records.testing.ts';
import type { BreachKind } from './states.ts';

interface Case {
  readonly name: string;
  readonly journal?: readonly JournalRecord[];
  readonly events?: readonly MusterEvent[];
  readonly deadlineMs?: number;
  readonly flickers?: boolean;
  readonly breach?: BreachKind;
  /** Who is named in the evidence. */
  readonly seenBy?: readonly string[];
}

const gaveUp = journal('analyst-01', 80, { type: 'ended', project: own, end: 'in-progress' });
const unended = [intended, accepted, swept([own])];
const result = (body: Partial<Extract<MusterEvent, { type: 'result' }>>): MusterEvent =>
  event('analyst-01', 55, {
    type: 'result',
    project: own,
    file: 'crosstabs.xlsx',
    says: own,
    golden: 'equal',
    differences: [],
    ...body,
  });
const working = (until: number): MusterEvent =>
  event('analyst-01', until, {
    type: 'step',
    name: 'watch-to-end',
    startedAt: 0,
    endedAt: 1,
    outcome: 'timeout',
  });

const cases: readonly Case[] = [
  { name: 'a run in which all is well', events: [...goodSightings, result({})] },
  { name: 'nothing at all', journal: [] },
  {
    name: 'a run that was cut off while the product was at work',
    journal: [intended, accepted],
    events: [sighting('analyst-01', 4, 'in_progress')],
  },
  { name: 'an analyst who was lost before anything was seen', journal: [intended, accepted] },
  {
    name: 'an analyst who gave up half-way, while a colleague saw its run end',
    journal: [intended, accepted, gaveUp, swept([own])],
    events: [sighting('analyst-02', 4, 'in_progress'), sighting('analyst-02', 20, 'success'), working(90)],
    deadlineMs: 60_000,
  },
  {
    name: 'an analyst who gave up at its review',
    journal: [intended, accepted, gaveUp, swept([own])],
    events: [sighting('analyst-01', 4, 'in_progress'), sighting('analyst-01', 20, 'pending_review'), working(90)],
    deadlineMs: 60_000,
  },
  {
    name: 'an analyst who was cut off before the answer came, of a project that colleagues watched',
    journal: [intended],
    events: [sighting('analyst-02', 4, 'in_progress'), sighting('analyst-02', 90, 'in_progress', { view: 2 })],
    deadlineMs: 60_000,
  },
  {
    name: 'lost: its owner had given up, and teardown does not find it',
    journal: [intended, accepted, gaveUp, swept([])],
    events: [sighting('analyst-01', 4, 'in_progress')],
    breach: 'lost',
    seenBy: ['analyst-01', 'teardown'],
  },

  {
    name: 'a restart: pages that come back are told the same, and the work goes on',
    events: [
      sighting('analyst-01', 4, 'in_progress'),
      sighting('analyst-02', 4, 'in_progress'),
      sighting('analyst-02', 15, 'in_progress', { view: 2 }),
      sighting('analyst-01', 40, 'success'),
      sighting('analyst-02', 40, 'success', { view: 2 }),
    ],
  },
  {
    name: 'a restart that ends runs as interrupted, as everybody is told',
    journal: [intended, accepted, gaveUp, swept([own])],
    events: [
      sighting('analyst-01', 4, 'in_progress'),
      sighting('analyst-02', 15, 'error', { view: 2 }),
      sighting('analyst-01', 16, 'error', { versionS: 14.5 }),
      card('analyst-01', 4, 'Processing'),
      card('analyst-01', 16, 'Finished'),
    ],
  },
  {
    name: 'a restart that teardown comes into: nobody could look, so nothing is known to be left or lost',
    journal: [intended, accepted, gaveUp, blind],
    events: [sighting('analyst-01', 4, 'in_progress'), working(20)],
    deadlineMs: 60_000,
  },
  {
    name: 'stuck: forgotten in a restart, for as long as a run may take',
    journal: [intended, accepted, gaveUp, swept([own])],
    events: [
      sighting('analyst-01', 4, 'in_progress'),
      sighting('analyst-02', 15, 'in_progress', { view: 2 }),
      working(76),
    ],
    deadlineMs: 60_000,
    breach: 'stuck',
    seenBy: ['analyst-01', 'analyst-02'],
  },
  {
    name: 'resurrected: a restart brings an older state back',
    events: [sighting('analyst-01', 40, 'success'), sighting('analyst-02', 45, 'in_progress', { view: 2 })],
    breach: 'resurrected',
    seenBy: ['analyst-01', 'analyst-02'],
  },
  {
    name: 'lost: gone from everybody’s list after a restart, and teardown could not look',
    journal: [intended, accepted, gaveUp, blind],
    events: [sighting('analyst-01', 4, 'in_progress'), sighting('analyst-01', 15, 'gone')],
    breach: 'lost',
    seenBy: ['analyst-01'],
  },

  {
    name: 'lost: in no list at the end',
    journal: [intended, accepted, ended, swept([])],
    breach: 'lost',
    seenBy: ['analyst-01', 'teardown'],
  },
  {
    name: 'lost: gone from the list of whoever watched, and nobody looked afterwards',
    journal: [intended, accepted, ended],
    events: [sighting('analyst-02', 4, 'in_progress'), sighting('analyst-02', 9, 'gone')],
    breach: 'lost',
    seenBy: ['analyst-02'],
  },
  {
    name: 'deleted on purpose is not lost',
    journal: [intended, accepted, ended, journal('analyst-01', 70, { type: 'deleting', project: own }), swept([])],
    events: [...goodSightings, sighting('analyst-02', 71, 'gone')],
  },
  { name: 'an intention whose worker died may have made a project', journal: [intended, swept([own])] },
  { name: 'an intention whose worker died may have made none', journal: [intended, swept([])] },

  {
    name: 'duplicated: listed twice',
    journal: [intended, accepted, ended, swept([own, own])],
    breach: 'duplicated',
    seenBy: ['teardown'],
  },
  {
    name: 'duplicated: accepted twice',
    journal: [...goodJournal, { ...accepted, projectId: 'p2' } as JournalRecord],
    breach: 'duplicated',
  },
  {
    name: 'duplicated: two projects of one name before a colleague',
    events: [
      sighting('analyst-02', 4, 'in_progress'),
      sighting('analyst-02', 5, 'in_progress', { projectId: 'p2', productRunId: 'r2' }),
    ],
    breach: 'duplicated',
    seenBy: ['analyst-02'],
  },
  {
    name: 'duplicated: one launch was run twice',
    events: [
      sighting('analyst-02', 4, 'in_progress'),
      sighting('analyst-02', 5, 'in_progress', { productRunId: 'r2' }),
    ],
    breach: 'duplicated',
    seenBy: ['analyst-02'],
  },
  {
    name: 'a name that was used again after its project was deleted',
    journal: [
      ...goodJournal,
      journal('analyst-01', 70, { type: 'deleting', project: own }),
      { ...accepted, projectId: 'p2' } as JournalRecord,
    ],
    events: [
      sighting('analyst-02', 80, 'in_progress', { projectId: 'p2', productRunId: 'r2' }),
      card('analyst-02', 60, 'Cancelled'),
      card('analyst-02', 80, 'Processing'),
    ],
  },

  {
    name: 'leaked: a stranger is subscribed to it',
    events: [sighting('analyst-03', 5, 'in_progress')],
    breach: 'leaked',
    seenBy: ['analyst-03'],
  },
  {
    name: 'leaked: a marker in what a stranger received',
    events: [
      event('analyst-03', 6, { type: 'marker', owner: 'analyst-01', place: 'response', where: '/api/x', excerpt: '…' }),
    ],
    breach: 'leaked',
    seenBy: ['analyst-03'],
  },
  {
    name: 'leaked: half of it, which says nothing else of the project',
    events: [
      ...goodSightings,
      sighting('analyst-03', 5, 'no-run', { versionS: 50 }),
      sighting('analyst-03', 51, 'gone'),
      card('analyst-03', 52, 'Cancelled'),
      card('analyst-03', 53, 'Processing'),
    ],
    breach: 'leaked',
    seenBy: ['analyst-03'],
  },
  {
    name: 'leaked: vanished before a stranger’s eyes, of which nobody else knows',
    journal: [intended, accepted],
    events: [sighting('analyst-03', 5, 'no-run'), sighting('analyst-03', 9, 'gone')],
    breach: 'leaked',
    seenBy: ['analyst-03'],
  },
  { name: 'whose organisation nobody recorded is no stranger', events: [sighting('analyst-04', 5, 'in_progress')] },
  {
    name: 'leaked: in the list of another organisation’s admin',
    journal: [...goodJournal, swept([], [], [], { organization: 'Northwind Insights', foreign: [own] })],
    breach: 'leaked',
    seenBy: ['teardown'],
  },
  {
    name: "a colleague's marker is no leak",
    events: [
      event('analyst-02', 6, { type: 'marker', owner: 'analyst-01', place: 'frame', where: '/api/x', excerpt: '…' }),
    ],
  },

  {
    name: 'stuck: no move for as long as a run may take',
    journal: unended,
    events: [sighting('analyst-01', 4, 'in_progress'), working(70)],
    deadlineMs: 60_000,
    breach: 'stuck',
    seenBy: ['analyst-01'],
  },
  {
    name: 'stuck: accepted, and never begun',
    journal: unended,
    events: [sighting('analyst-02', 4, 'no-run'), working(70)],
    deadlineMs: 60_000,
    breach: 'stuck',
  },
  {
    name: 'stuck: for exactly as long as a run may take',
    journal: unended,
    events: [sighting('analyst-01', 4, 'in_progress'), working(64)],
    deadlineMs: 60_000,
    breach: 'stuck',
  },
  {
    name: 'stuck: accepted, and never seen by anybody',
    journal: unended,
    events: [working(62)],
    deadlineMs: 60_000,
    breach: 'stuck',
  },
  {
    name: 'accepted, and not seen yet',
    journal: unended,
    events: [working(61)],
    deadlineMs: 60_000,
  },
  {
    name: 'a colleague who is not told of the end that its owner saw',
    events: [sighting('analyst-02', 4, 'in_progress'), working(90)],
    deadlineMs: 60_000,
  },
  {
    name: 'stuck: teardown cancelled it in vain',
    journal: [intended, accepted, swept([own], [own], [], { stuck: [own] })],
    breach: 'stuck',
    seenBy: ['teardown'],
  },
  {
    name: 'the owner left before the deadline',
    journal: unended,
    events: [sighting('analyst-01', 4, 'in_progress'), working(50)],
    deadlineMs: 60_000,
  },
  {
    name: 'a review that was left',
    journal: unended,
    events: [sighting('analyst-01', 4, 'in_progress'), sighting('analyst-01', 9, 'pending_review'), working(90)],
    deadlineMs: 60_000,
  },
  {
    name: 'a move within the deadline',
    journal: unended,
    events: [sighting('analyst-01', 4, 'in_progress'), sighting('analyst-01', 50, 'resuming'), working(90)],
    deadlineMs: 60_000,
  },

  {
    name: 'resurrected: before one page',
    events: [
      sighting('analyst-02', 4, 'cancelled'),
      sighting('analyst-02', 5, 'in_progress'),
      sighting('analyst-02', 6, 'cancelled'),
    ],
    breach: 'resurrected',
    seenBy: ['analyst-02'],
  },
  {
    name: 'a product that is not ours may show a cancelled run at work until the work notices',
    flickers: true,
    events: [
      sighting('analyst-02', 4, 'cancelled'),
      sighting('analyst-02', 5, 'in_progress'),
      card('analyst-02', 4.1, 'Cancelled'),
      card('analyst-02', 5.1, 'Processing'),
      sighting('analyst-01', 6, 'cancelled'),
    ],
  },
  {
    name: 'overwritten: cancelled, at work again, and a success in the end',
    flickers: true,
    events: [
      sighting('analyst-02', 4, 'cancelled'),
      sighting('analyst-02', 5, 'in_progress'),
      sighting('analyst-02', 6, 'success'),
    ],
    breach: 'overwritten',
    seenBy: ['analyst-02'],
  },
  {
    name: 'resurrected: cancelled, and its review is asked for',
    flickers: true,
    events: [sighting('analyst-02', 4, 'cancelled'), sighting('analyst-02', 5, 'pending_review')],
    breach: 'resurrected',
  },
  {
    name: 'resurrected: a success that is at work again, whoever owns the product',
    flickers: true,
    events: [sighting('analyst-02', 4, 'success'), sighting('analyst-02', 5, 'in_progress')],
    breach: 'resurrected',
  },
  {
    name: 'resurrected: one saw the end, another the work of a later version',
    events: [sighting('analyst-01', 4, 'error'), sighting('analyst-02', 5, 'in_progress')],
    breach: 'resurrected',
    seenBy: ['analyst-01', 'analyst-02'],
  },
  {
    name: 'resurrected: on a screen only',
    events: [
      card('analyst-02', 5, 'Processing'),
      card('analyst-02', 8, 'Finished'),
      card('analyst-02', 9, 'Processing', { explained: false }),
    ],
    breach: 'resurrected',
    seenBy: ['analyst-02'],
  },
  {
    name: 'resurrected: vanished and back',
    events: [
      sighting('analyst-02', 4, 'success'),
      sighting('analyst-02', 5, 'gone'),
      sighting('analyst-02', 6, 'success'),
    ],
    breach: 'resurrected',
  },
  {
    name: 'resurrected: vanished and back, and nobody looked afterwards',
    journal: [intended, accepted, ended],
    events: [
      sighting('analyst-02', 4, 'success'),
      sighting('analyst-02', 5, 'gone'),
      sighting('analyst-02', 6, 'success'),
    ],
    breach: 'resurrected',
  },
  {
    name: 'one hears of the end later than another',
    events: [
      sighting('analyst-01', 4, 'error', { versionS: 3 }),
      sighting('analyst-02', 5, 'in_progress', { versionS: 2 }),
      sighting('analyst-02', 6, 'error', { versionS: 3 }),
    ],
  },
  {
    name: 'two tabs, one behind the other',
    events: [
      sighting('analyst-01', 4, 'success', { versionS: 3 }),
      sighting('analyst-01', 5, 'in_progress', { versionS: 2, view: 2 }),
      card('analyst-01', 4, 'Cancelled'),
      card('analyst-01', 5, 'Processing'),
    ],
  },
  {
    name: 'a card without a badge may be one without a run',
    events: [card('analyst-02', 3, 'Finished'), card('analyst-02', 4, 'Processing')],
  },
  {
    name: 'a page that loads shows no badge for a moment',
    events: [
      card('analyst-02', 3, 'Processing'),
      card('analyst-02', 4, 'Finished', { explained: false }),
      card('analyst-02', 5, 'Processing', { explained: false }),
    ],
  },

  {
    name: 'overwritten: one end by another',
    events: [sighting('analyst-02', 4, 'cancelled'), sighting('analyst-02', 5, 'success')],
    breach: 'overwritten',
    seenBy: ['analyst-02'],
  },
  {
    name: 'overwritten: the review is back after it was decided',
    events: [sighting('analyst-02', 4, 'resuming'), sighting('analyst-02', 5, 'pending_review')],
    breach: 'overwritten',
  },
  {
    name: 'overwritten: a screen that goes back to the review',
    events: [
      card('analyst-02', 4, 'Processing'),
      card('analyst-02', 5, 'Review Required'),
      card('analyst-02', 6, 'Processing'),
      card('analyst-02', 7, 'Review Required'),
    ],
    breach: 'overwritten',
  },
  {
    name: 'overwritten: its owner saw a success, its colleague a cancellation',
    events: [
      sighting('analyst-02', 40, 'cancelled'),
      event('analyst-01', 60, { type: 'project', name: own, bundle: 'coffee', projectId: 'p1', end: 'completed' }),
    ],
    breach: 'overwritten',
    seenBy: ['analyst-01', 'analyst-02'],
  },

  {
    name: 'orphaned: refused and listed all the same',
    journal: [intended, refused, swept([own])],
    breach: 'orphaned',
    seenBy: ['analyst-01', 'teardown'],
  },
  {
    name: 'orphaned: refused and seen all the same',
    journal: [intended, refused, swept([])],
    events: [sighting('analyst-02', 5, 'no-run')],
    breach: 'orphaned',
    seenBy: ['analyst-01', 'analyst-02'],
  },
  {
    name: 'seen for a moment before it was refused',
    journal: [intended, refused, swept([])],
    events: [sighting('analyst-02', 1.5, 'no-run'), sighting('analyst-02', 1.8, 'gone')],
  },
  {
    name: 'orphaned: seen, and unknown to the journal',
    events: [sighting('analyst-02', 5, 'in_progress', { project: `${own} 2`, projectId: 'p2', productRunId: 'r2' })],
    breach: 'orphaned',
    seenBy: ['analyst-02'],
  },
  { name: 'orphaned: unknown to the journal', journal: [...goodJournal, swept([own, `${own} 2`])], breach: 'orphaned' },
  { name: 'orphaned: left behind', journal: [intended, accepted, ended, swept([own], [], [own])], breach: 'orphaned' },
  { name: 'refused, and nothing there', journal: [intended, refused, swept([])] },
  { name: 'refused, and accepted later', journal: [intended, refused, intended, accepted, ended, swept([own])] },
  { name: 'refused once, and then never answered', journal: [intended, refused, intended, swept([own])] },

  {
    name: 'foreign result: another project is written in it',
    events: [result({ says: `${own} 2` })],
    breach: 'foreign-result',
    seenBy: ['analyst-01'],
  },
  {
    name: 'foreign result: not the one made alone',
    events: [result({ golden: 'different', differences: ['Table S1 is another.'] })],
    breach: 'foreign-result',
  },
  { name: 'nothing to compare a result with', events: [result({ golden: 'none' })] },
];

for (const { name, journal: records = goodJournal, events = [], deadlineMs, flickers, breach, seenBy = [] } of cases)
  test(name, () => {
    const { breaches } = auditRun(records, [...begun, ...events], { deadlineMs, flickers });
    assert.deepEqual(
      breaches.map(({ kind }) => kind),
      breach === undefined ? [] : [breach],
      JSON.stringify(breaches, undefined, 1),
    );
    const named = breaches.flatMap(({ evidence }) => evidence.map(({ analyst }) => analyst));
    for (const analyst of seenBy) assert.ok(named.includes(analyst), `${analyst} is not among ${named.join(', ')}`);
    for (const { evidence } of breaches) assert.ok(evidence.length > 0);
  });
