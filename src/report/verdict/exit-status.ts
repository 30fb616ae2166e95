/** The exit status: 0 PASS, 1 FAIL, 2 INVALID or misconfigured. */
import type { Verdict } from '../summary.ts';

export const EXIT_STATUS: Record<Verdict, 0 | 1 | 2> = { PASS: 0, FAIL: 1, INVALID: 2 };

/**
 * Lets this process end with `status`, whatever status its owner asks for later. Playwright only knows 0 and 1 (and
 * 130), and overwrites `process.exitCode`; in an exit hook it can no longer. A passing status never hides another's failure.
 */
export function endWith(status: 0 | 1 | 2): void {
  process.on('exit', (asked) => {
    process.exitCode = status === 0 && asked !== 0 ? 1 : status;
  });
}
