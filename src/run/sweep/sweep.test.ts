import assert from 'node:assert/strict';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { ownMark } from '../processes.ts';
import type { JournalRecord } from '../journal-schema.ts';
import type { ListedProject, OrganizationAdmin } from '../cleanup.ts';
import { newRunId, prefixOf } from '../identity.ts';
import { readJournal } from '../journal.ts';
import { parseSettings } from '../settings.ts';
import { readSweepArguments } from './arguments.ts';
import { decide, type Circumstances } from './decide.ts';
import { runOfPrefix, runOfProject } from './prefixes.ts';
import { sweepRuns, type ProductSweep } from './product.ts';
import { readRuns, unprovedIn, type KnownRun } from './runs.ts';

const now = Date.parse('2026-11-21T20:00:00Z');
const hourMs = 3600_000;
const begun = (agoMs: number, shard?: number) => {
  const runId = newRunId(now - agoMs, 5);
  return { runId, prefix: prefixOf(runId, now - agoMs, shard) };
};

test('a name tells its run: only the form that this project gives', () => {
  const { runId, prefix } = begun(2 * hourMs);
  assert.deepEqual(runOfProject(`${prefix} — analyst-01 coffee-loyalty`), {
    prefix,
    runId,
    shard: undefined,
    begunBy: Math.floor((now - 2 * hourMs) / 1000) * 1000,
  });
  assert.equal(runOfPrefix(`${prefix} s3`)?.shard, 3);
  for (const name of [
    'Muster of wishes — 2026',
    'Muster 2026-11-21 abc - x',
    'Muster 2026-11-21 ABC — x',
    'Muster 2026-13-41 abc — x',
    'muster 2026-11-21 abc — x',
    'Load Test 11/21 — Muster 2026-11-21 abc — x',
    'Muster 2026-11-21 abc s0 — x',
  ])
    assert.equal(runOfProject(name), undefined, name);
});

test('an id that somebody chose tells the day only', () => {
  assert.equal(runOfPrefix('Muster 2026-11-21 nightly')?.begunBy, Date.parse('2026-11-22T00:00:00Z'));
  assert.equal(runOfPrefix('Muster 2026-11-21 zzzzzzzz')?.begunBy, Date.parse('2026-11-22T00:00:00Z'));
});

const base = { v: 1, runId: 'r', analyst: 'analyst-01' } as const;
const meant = (at: number, project: string, organization = 'north'): JournalRecord => ({
  ...base,
  at,
  type: 'intended',
  project,
  bundle: 'b',
  organization,
});
const swept = (at: number, remaining: string[], more: object = {}): JournalRecord => ({
  ...base,
  at,
  type: 'swept',
  organization: 'north',
  listed: [],
  deleted: [],
  remaining,
  ...more,
});

test('what a journal leaves open: all until a list was looked at after the last launch, then what it showed', () => {
  assert.deepEqual(unprovedIn([meant(1, 'a'), meant(2, 'b')]), ['a', 'b']);
  assert.deepEqual(unprovedIn([meant(1, 'a'), meant(2, 'b'), swept(3, [])]), []);
  assert.deepEqual(unprovedIn([meant(1, 'a'), meant(2, 'b'), swept(3, ['b'])]), ['b']);
  assert.deepEqual(unprovedIn([meant(1, 'a'), swept(2, []), meant(3, 'b')]), ['a', 'b']);
  assert.deepEqual(unprovedIn([meant(1, 'a'), swept(2, ['a'], { looked: false })]), ['a']);
  assert.deepEqual(unprovedIn([meant(1, 'a'), swept(2, ['a']), swept(3, [])]), []);
  assert.deepEqual(unprovedIn([meant(1, 'a'), meant(2, 'c', 'south'), swept(3, [])]), ['c']);
});

function knownRun(agoMs: number, state: KnownRun['standing']['state'], records: JournalRecord[] = []): KnownRun {
  const { runId, prefix } = begun(agoMs);
  return {
    name: runId,
    folder: '/none',
    runId,
    prefix,
    startedAt: now - agoMs,
    target: { kind: 'attached', baseURL: 'https://staging.example.org' },
    standing: { state, ...(state === 'alive' ? { pid: 7 } : {}) },
    records,
    unproved: unprovedIn(records),
  };
}

const nothing = { run: undefined, olderThanMs: undefined };
function circumstances(runs: readonly KnownRun[], options: Partial<Circumstances['options']> = {}): Circumstances {
  const known = new Map(runs.map((run) => [run.prefix, run]));
  return { options: { ...nothing, ...options }, known, leasing: new Set(), now };
}
const decided = (prefix: string, given: Circumstances): boolean => {
  const named = runOfPrefix(prefix);
  assert.ok(named);
  return decide(named, given).sweep;
};

test('a run that is dead is swept, one that goes on never is', () => {
  const [dead, alive] = [knownRun(hourMs, 'dead'), knownRun(2 * hourMs, 'alive')];
  const given = circumstances([dead, alive]);
  assert.equal(decided(dead.prefix, given), true);
  assert.equal(decided(alive.prefix, given), false);
  assert.equal(decided(alive.prefix, circumstances([alive], { run: alive.runId })), false);
  assert.equal(decided(alive.prefix, circumstances([alive], { olderThanMs: 1 })), false);
});

test('while a reaper is at work, its run is swept only for who asks for it', () => {
  const run = knownRun(hourMs, 'cleaning');
  assert.equal(decided(run.prefix, circumstances([run])), false);
  assert.equal(decided(run.prefix, circumstances([run], { run: run.runId })), true);
});

test('a run of which nothing is known here is left alone for a day, unless it is asked for', () => {
  const [young, old] = [begun(2 * hourMs), begun(25 * hourMs)];
  assert.equal(decided(young.prefix, circumstances([])), false);
  assert.equal(decided(old.prefix, circumstances([])), true);
  assert.equal(decided(young.prefix, circumstances([], { run: young.runId })), true);
  assert.equal(decided(old.prefix, circumstances([], { run: young.runId })), false);
  assert.equal(decided(young.prefix, circumstances([], { olderThanMs: hourMs })), true);
  assert.equal(decided(young.prefix, circumstances([], { olderThanMs: 3 * hourMs })), false);
  assert.equal(
    decided(young.prefix, { ...circumstances([], { olderThanMs: hourMs }), leasing: new Set([young.runId]) }),
    false,
  );
});

test('one shard alone can be asked for', () => {
  const [first, second] = [begun(hourMs, 1), begun(hourMs, 2)];
  const given = circumstances([], { run: `${first.runId}-s1` });
  assert.equal(decided(first.prefix, given), true);
  assert.equal(decided(second.prefix, given), false);
  assert.equal(decided(second.prefix, circumstances([], { run: first.runId })), true);
});

class FakeAdmin implements OrganizationAdmin {
  readonly organization = 'north';
  readonly stubborn = new Set<string>();
  names: string[];
  constructor(names: readonly string[]) {
    this.names = [...names];
  }
  list(): ListedProject[] {
    return this.names.map((name) => ({ projectId: name, name, productRunId: undefined, active: false }));
  }
  async refresh(): Promise<void> {
    // The list is always new.
  }
  async cancel(): Promise<void> {
    // Nothing is active.
  }
  async deleteByPrefix(prefix: string): Promise<void> {
    this.names = this.names.filter((name) => !name.startsWith(`${prefix} — `) || this.stubborn.has(name));
  }
  async delete(projectId: string): Promise<void> {
    if (this.stubborn.has(projectId)) throw new Error('it was answered with 500');
    this.names = this.names.filter((name) => name !== projectId);
  }
}

function options(runs: readonly KnownRun[], said: string[], more: Partial<ProductSweep> = {}): ProductSweep {
  return {
    ...circumstances(runs),
    settings: { ...parseSettings({}), CLEANUP_DEADLINE_S: 3 },
    baseUrl: 'https://staging.example.org',
    dryRun: false,
    say: (line) => said.push(line),
    ...more,
  };
}

test('without any journal, the names alone lead to what is to be deleted, and nothing else is touched', async () => {
  const [old, young] = [begun(30 * hourMs), begun(hourMs)];
  const others = ['Brand tracker', 'Muster 2026-11-21 notes', `${young.prefix} — analyst-01 b`];
  const admin = new FakeAdmin([`${old.prefix} — analyst-01 b`, ...others, `${old.prefix} — analyst-02 b`]);
  const said: string[] = [];
  assert.equal(await sweepRuns(admin, options([], said)), true);
  assert.deepEqual(admin.names, others);
  assert.match(said.join('\n'), /2 projects deleted in north/);
  assert.match(said.join('\n'), new RegExp(`${young.prefix}: 1 project in north left alone: .*--run ${young.runId}`));
  assert.equal(await sweepRuns(admin, options([], [])), true);
});

test('a dry run deletes nothing, and tells what it would', async () => {
  const run = begun(30 * hourMs);
  const admin = new FakeAdmin([`${run.prefix} — analyst-01 b`]);
  const said: string[] = [];
  assert.equal(await sweepRuns(admin, options([], said, { dryRun: true })), false);
  assert.equal(admin.names.length, 1);
  assert.deepEqual(said, [`Would delete in north: ${run.prefix} — analyst-01 b`]);
});

test('what is left is named with why, and the rest is deleted all the same', async () => {
  const run = begun(30 * hourMs);
  const admin = new FakeAdmin([`${run.prefix} — analyst-01 b`, `${run.prefix} — analyst-02 b`]);
  admin.stubborn.add(`${run.prefix} — analyst-01 b`);
  const said: string[] = [];
  assert.equal(await sweepRuns(admin, options([], said)), false);
  assert.deepEqual(admin.names, [`${run.prefix} — analyst-01 b`]);
  assert.match(said.join('\n'), /1 project remains in north: .*analyst-01 b.*answered with 500/);
});

test('a sweep is written into the journal of its run, which is proved then', async () => {
  const results = await mkdtemp(path.join(os.tmpdir(), 'muster-sweep-'));
  const { runId, prefix } = begun(hourMs);
  const folder = path.join(results, runId);
  await mkdir(path.join(folder, 'journal'), { recursive: true });
  const project = `${prefix} — analyst-01 b`;
  await writeFile(path.join(folder, 'journal', 'analyst-01.jsonl'), `${JSON.stringify(meant(now, project))}\n`);
  await writeFile(
    path.join(folder, 'run.json'),
    JSON.stringify({
      schema: 1,
      runId,
      prefix,
      startedAt: new Date(now - hourMs).toISOString(),
      target: { kind: 'attached', baseURL: 'https://staging.example.org' },
      profile: 'all at once',
      analysts: 1,
      settings: {},
      versions: {},
      host: {},
    }),
  );
  const standing = async (mark: string): Promise<KnownRun> => {
    await mkdir(path.join(folder, 'processes'), { recursive: true });
    await writeFile(path.join(folder, 'processes', 'runner'), mark);
    const [run] = await readRuns(results);
    assert.ok(run);
    return run;
  };
  assert.equal((await standing(ownMark())).standing.state, 'alive');
  assert.equal((await standing(ownMark().replace(/^(\d+) \S+/, '$1 0'))).standing.state, 'dead');
  assert.equal((await standing('1 2 another-machine')).standing.state, 'elsewhere');
  const run = await standing(ownMark().replace(/^(\d+) \S+/, '$1 0'));
  assert.deepEqual(run.unproved, [project]);
  assert.equal(await sweepRuns(new FakeAdmin([project]), options([run], [])), true);
  assert.deepEqual(unprovedIn(await readJournal(folder)), []);
});

test('arguments that cannot be understood are refused with the usage', () => {
  assert.deepEqual(readSweepArguments(['--older-than', '1.5h', '--dry-run']), {
    run: undefined,
    olderThanMs: 1.5 * hourMs,
    dryRun: true,
    help: false,
  });
  assert.equal(readSweepArguments(['--run', 'abc-s2']).run, 'abc-s2');
  for (const wrong of [['--older-than', '2'], ['--older-than', '2 weeks'], ['--run', '../x'], ['--all'], ['abc']])
    assert.throws(() => readSweepArguments(wrong), /Usage: npm run sweep/, wrong.join(' '));
});
