/** A reporter that reports nothing: it tells workers and `run.json` which analysts were chosen. */
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { analystOfTitle, startLineSize, writePlan } from './plan.ts';
import { completeRunFile } from './results.ts';

export default class PlanReporter implements Reporter {
  readonly #options: { readonly folder: string; readonly perWorker: number; readonly listing: boolean };

  constructor(options: { folder: string; perWorker: number; listing: boolean }) {
    this.#options = options;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    const { folder, perWorker, listing } = this.#options;
    if (listing) return;
    // After a failed set-up Playwright still tells of a beginning, with nothing in it.
    if (suite.allTests().length === 0) return;
    const plan = {
      analysts: suite.allTests().flatMap((test) => analystOfTitle(test.title) ?? []),
      workers: config.workers,
    };
    writePlan(folder, plan);
    completeRunFile(folder, { analysts: plan.analysts.length, atOnce: startLineSize(plan, perWorker) });
  }

  printsToStdio(): boolean {
    return false;
  }
}
