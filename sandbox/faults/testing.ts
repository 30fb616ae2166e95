/** For the tests of the faults: what people ask of a sandbox, with a fault on and without, and what they then see. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultName } from './index.ts';

const deadlineMs = 90_000;

/** Runs the same scene on a sandbox with the fault and on one without, and compares what came of each with what should. */
export function bothWays<Outcome>(
  fault: FaultName | `${FaultName}=${number}`,
  scene: (context: TestContext, faults: string) => Promise<Outcome>,
  expected: { on: Outcome; off: Outcome },
): void {
  for (const direction of ['on', 'off'] as const)
    void test(`${fault} ${direction}`, { timeout: deadlineMs }, async (context) => {
      assert.deepEqual(await scene(context, direction === 'on' ? fault : ''), expected[direction]);
    });
}

/** Resolves as soon as `look` finds something; rejects after a minute and a half, saying what was waited for. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const endsAt = performance.now() + deadlineMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > endsAt) throw new Error(`Waited in vain: ${what}`);
    await delay(5);
  }
}
