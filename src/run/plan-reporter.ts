/** A reporter that reports nothing: it tells the workers which analysts were chosen. */
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { analystOfTitle, writePlan } from './plan.ts';

export default class PlanReporter implements Reporter {
  readonly #folder: string;

  constructor({ folder }: { folder: string }) {
    this.#folder = folder;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    const analysts = suite.allTests().flatMap((test) => analystOfTitle(test.title) ?? []);
    if (analysts.length > 0) writePlan(this.#folder, { analysts, workers: config.workers });
  }

  printsToStdio(): boolean {
    return false;
  }
}
