/**
 * A worker carries several analysts at once and tells their journeys one after the other when all are done: Playwright's times of
 * such a test are those of the telling. Allure is given the journey's own, step by step, and a row of its own in the timeline.
 */
import { LabelName, type Label, type TestResult } from 'allure-js-commons';
import { readOutcomeSync, retold, type Outcome } from '../../run/outcome.ts';

/** The part of Allure's `LifecycleListener` that is used here. */
export interface ResultListener {
  beforeTestResultWrite(result: TestResult): void;
}

/** Tells Allure of the analysts of the run in `runFolder` as their journeys were. Other tests are left as they are. */
export function asItWas(runFolder: string): ResultListener {
  return {
    beforeTestResultWrite(result) {
      const analyst = result.labels.find(({ name }) => name === 'analyst')?.value;
      const outcome = analyst === undefined ? undefined : readOutcomeSync(runFolder, analyst);
      if (outcome) setRight(result, outcome);
    },
  };
}

/** Gives a result the times of the journey and of its steps, and their plain names; changes it in place, as Allure wants it. */
export function setRight(result: TestResult, { analyst, startedAt, endedAt, steps }: Outcome): void {
  result.start = Math.round(startedAt);
  result.stop = Math.round(endedAt);
  const others = result.labels.filter(({ name }) => name !== (LabelName.THREAD as string));
  result.labels = [...others, { name: LabelName.THREAD, value: analyst } satisfies Label];
  // What Playwright makes of every failure: a prompt, with the test's source.
  result.steps = result.steps.filter(({ name }) => name !== 'error-context');
  const left = [...result.steps];
  for (const step of steps) {
    const place = left.findIndex(({ name }) => name === retold(step));
    // The telling stops at the step that failed; what came after it is nowhere.
    if (place < 0) continue;
    const [told] = left.splice(place, 1);
    if (!told) continue;
    told.name = step.name;
    told.start = Math.round(step.startedAt);
    told.stop = Math.round(step.startedAt + step.durationMs);
  }
}
