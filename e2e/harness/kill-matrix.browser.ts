/** Whatever kills a run, nothing of it is left: the short form of the matrix (`npm run kill-matrix` plays all of it). */
import { expect, test } from '@playwright/test';
import { nameOf, shortForm } from './kill-matrix/cells.ts';
import { playCell } from './kill-matrix/play.ts';
import { canSee } from './kill-matrix/processes.ts';

test.describe.configure({ mode: 'default', timeout: 600_000 });
test.skip(!canSee, 'processes are looked for in /proc');

for (const cell of shortForm)
  test(`no trace is left: ${nameOf(cell)}`, async () => {
    const { wrong, output } = await playCell(cell);
    expect(wrong, output).toEqual([]);
  });
