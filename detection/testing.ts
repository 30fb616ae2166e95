/** A catalogue, cells and runs for tests. */
import type { Catalogue, Cell } from './plan.ts';
import type { RunRecord } from './record.ts';

export const small: Catalogue = {
  twice: { proves: 'twice', near: ['leak'] },
  leak: { proves: 'leak', near: [], luck: { rate: 0.5, confidence: 0.9 } },
  tabs: { near: ['twice'] },
};

export function cellOf(given: Partial<Cell> = {}): Cell {
  return { fault: 'twice', probe: 'twice', expected: 'finding', luck: false, needed: 1, ...given };
}

export function runOf(given: Partial<RunRecord> = {}): RunRecord {
  const { outcome = 'finding' } = given;
  return {
    at: '2026-11-21T10:00:00.000Z',
    fault: 'twice',
    probe: 'twice',
    seed: 1,
    version: 'v1',
    browser: 'Chromium 156',
    outcome,
    tries: 2,
    hits: outcome === 'finding' ? 2 : 0,
    durationMs: 9000,
    ...given,
  };
}
