/** How many tests passed and failed, read from a runner's closing lines. */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed Failed, cancelled, interrupted or not run.
 */

/**
 * `muster` is a main job: a journey counts as a test.
 * @param {'node' | 'playwright' | 'muster'} runner
 * @param {string} output
 * @returns {Counts}
 */
export function parseCounts(runner, output) {
  const number = (/** @type {RegExp} */ pattern) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  if (runner === 'muster') {
    const [, finished = 0, all = 0] = (/^Journeys +(\d+) of (\d+) finished/m.exec(output) ?? []).map(Number);
    return { passed: finished, failed: all - finished };
  }
  return runner === 'node'
    ? { passed: number(/^ℹ pass (\d+)$/gm), failed: number(/^ℹ fail (\d+)$/gm) + number(/^ℹ cancelled (\d+)$/gm) }
    : {
        passed: number(/^\s+(\d+) passed\b/gm),
        failed:
          number(/^\s+(\d+) failed$/gm) +
          number(/^\s+(\d+) interrupted$/gm) +
          number(/^\s+(\d+) did not run$/gm) +
          number(/^\s+(\d+) flaky$/gm),
      };
}

/** @param {Counts} counts */
export const lastCount = ({ passed, failed }) => `${passed} passed${failed ? `, ${failed} failed` : ''}`;
