import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { MusterEvent } from '../src/telemetry/events.ts';
import { keptOf, readOutcome } from './outcome.ts';

const base = { v: 1, at: 1, runId: 'bench', attempt: 1 } as const;

function vital(analyst: string, given: Partial<Extract<MusterEvent, { type: 'vital' }>> = {}): MusterEvent {
  return {
    ...base,
    analyst,
    type: 'vital',
    name: 'INP',
    kind: 'hard',
    page: 'dashboard',
    navigationId: '1',
    metricId: '1',
    value: 8,
    rating: 'good',
    measured: true,
    ...given,
  };
}

test('an analyst counts once, and only with a vital of the page that was measured', () => {
  const events = [
    vital('analyst-01'),
    vital('analyst-01'),
    vital('analyst-02', { measured: false }),
    vital('analyst-03', { kind: 'soft' }),
    vital('analyst-04', { name: 'CLS' }),
  ];
  assert.deepEqual(keptOf(events, 'INP', 4), { kept: 1, expected: 4 });
});

test('an arm without records is known by the marks of its analysts', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-outcome-'));
  try {
    await mkdir(path.join(folder, 'marks'));
    const mark = (name: string, at: number): Promise<void> => writeFile(path.join(folder, 'marks', name), String(at));
    const condition = { arm: 'plain', analysts: 2, journey: 'dwell' } as const;
    await mark('ready-analyst-01', 5000);
    await mark('finished-analyst-01', 9000);
    const one = await readOutcome(condition, folder);
    assert.deepEqual([one.readyAt, one.finished, one.inp], [null, 1, null]);
    await mark('ready-analyst-02', 7000);
    assert.equal((await readOutcome(condition, folder)).readyAt, 7000);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an arm with records is known by them', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-outcome-'));
  try {
    await mkdir(path.join(folder, 'events'));
    await mkdir(path.join(folder, 'start'));
    await writeFile(path.join(folder, 'start', 'epoch'), JSON.stringify({ epoch: 4000, openedBy: 'all', ready: 2 }));
    const end = (analyst: string, outcome: 'ok' | 'failed'): string =>
      JSON.stringify({ ...base, analyst, type: 'analyst', phase: 'finished', outcome });
    await writeFile(
      path.join(folder, 'events', 'all.jsonl'),
      `${end('analyst-01', 'ok')}\n${end('analyst-02', 'failed')}\n`,
    );
    const outcome = await readOutcome({ arm: 'silent', analysts: 2, journey: 'dwell' }, folder);
    assert.deepEqual([outcome.readyAt, outcome.finished, outcome.guards], [4000, 1, null]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
