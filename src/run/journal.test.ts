import assert from 'node:assert/strict';
import { appendFile, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import type { JournalRecord } from './journal-schema.ts';
import { acceptedIn, hasUncertainLaunch, isElsewhere } from './sweep/books.ts';
import { openJournal, readJournal, type JournalBody } from './journal.ts';

const intended: JournalBody = { type: 'intended', project: 'P — a', bundle: 'b', organization: 'o' };

test('what was appended is read back, of all analysts', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-journal-'));
  assert.deepEqual(await readJournal(folder), []);
  await openJournal({ folder, runId: 'r', analyst: 'analyst-01' }).append(intended);
  await openJournal({ folder, runId: 'r', analyst: 'analyst-02' }).append({
    type: 'ended',
    project: 'P — b',
    end: 'completed',
  });
  const records = await readJournal(folder);
  assert.deepEqual(records.map(({ type, analyst }) => [type, analyst]).sort(), [
    ['ended', 'analyst-02'],
    ['intended', 'analyst-01'],
  ]);
});

test('a line that a killed worker left half written is left out', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-journal-'));
  await openJournal({ folder, runId: 'r', analyst: 'analyst-01' }).append(intended);
  await appendFile(path.join(folder, 'journal', 'analyst-01.jsonl'), '{"v":1,"type":"ackn');
  assert.equal((await readJournal(folder)).length, 1);
});

test('a launch is uncertain until it was accepted or refused', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-journal-'));
  const journal = openJournal({ folder, runId: 'r', analyst: 'analyst-01' });
  await journal.append(intended);
  assert.equal(hasUncertainLaunch(await readJournal(folder)), true);
  await journal.append({ type: 'refused', project: 'P — a', status: 429, message: 'Too many requests' });
  assert.equal(hasUncertainLaunch(await readJournal(folder)), false);
  await journal.append(intended);
  assert.equal(hasUncertainLaunch(await readJournal(folder)), true);
  await journal.append({ type: 'acknowledged', project: 'P — a', projectId: '1', productRunId: '2' });
  assert.equal(hasUncertainLaunch(await readJournal(folder)), false);
});

const base = { v: 1, at: 1, runId: 'r', analyst: 'analyst-01' } as const;
const meant = (project: string, organization: string): JournalRecord => ({
  ...base,
  type: 'intended',
  project,
  bundle: 'b',
  organization,
});

test('what was meant for other organisations only is not this one’s; of what nobody meant, nobody can tell', () => {
  const records = [meant('a', 'north'), meant('b', 'south'), meant('c', 'south'), meant('c', 'north')];
  assert.deepEqual(['a', 'b', 'c', 'd'].map(isElsewhere(records, 'north')), [false, true, false, false]);
});

test('what a product may hold: all that was intended in an organisation and not refused in the end', () => {
  const refused = (project: string): JournalRecord => ({ ...base, type: 'refused', project, status: 429, message: '' });
  const records = [meant('a', 'north'), refused('a'), meant('a', 'north'), meant('b', 'south')];
  assert.deepEqual(acceptedIn(records, 'north'), ['a']);
  assert.deepEqual(acceptedIn([...records, refused('a')], 'north'), []);
});
