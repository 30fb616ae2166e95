/** What the runs of each cell came to, and whether that is as it should be. Pure. */
import type { Cell } from './plan.ts';
import { isAnswered, nameOf, type RunRecord } from './record.ts';

export interface CellResult extends Cell {
  /** Runs that came to an answer. */
  readonly runs: number;
  /** Runs among them with a finding. */
  readonly found: number;
  /** Tries within these runs, and those that showed the hazard. */
  readonly tries: number;
  readonly hits: number;
  /** Why the other runs came to no answer, in their order. */
  readonly unanswered: readonly string[];
  /**
   * `wrong`: it missed its fault, or found what is not there. `broken`: answers are missing, and not for want of trying.
   * `missing`: not tried often enough yet.
   */
  readonly state: 'right' | 'wrong' | 'broken' | 'missing';
}

/** Folds the runs into their cells; runs of other cells are left out. */
export function foldCells(cells: readonly Cell[], runs: readonly RunRecord[]): CellResult[] {
  return cells.map((cell) => {
    const own = runs.filter((run) => nameOf(run) === nameOf(cell));
    const answered = own.filter(isAnswered);
    const counted = {
      runs: answered.length,
      found: answered.filter(({ outcome }) => outcome === 'finding').length,
      tries: sum(answered.map(({ tries }) => tries)),
      hits: sum(answered.map(({ hits }) => hits)),
      unanswered: own
        .filter((run) => !isAnswered(run))
        .map(({ outcome, why = 'for a reason it did not give' }) => (outcome === 'broken' ? why : `not run: ${why}`)),
    };
    return { ...cell, ...counted, state: stateOf(cell, counted) };
  });
}

function stateOf(
  cell: Cell,
  { runs, found, unanswered }: Pick<CellResult, 'runs' | 'found' | 'unanswered'>,
): CellResult['state'] {
  if (isWrong(cell, runs, found)) return 'wrong';
  if (runs >= cell.needed) return 'right';
  return unanswered.length > 0 ? 'broken' : 'missing';
}

/** A probe that leaves it to luck may miss its fault, but not each time; any other may not miss it at all. */
function isWrong({ expected, luck }: Cell, runs: number, found: number): boolean {
  if (expected === 'clean') return found > 0;
  return luck ? runs > 0 && found === 0 : found < runs;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
