/** Reports stages one after another, each for at least its paced duration. */
import type { RunReport } from './protocol.ts';
import type { Stage } from './stages.ts';

export type Report = (report: RunReport) => void;

export class Pacer {
  private leaveAt = 0;

  constructor(
    private readonly report: Report,
    private readonly pace: number,
  ) {}

  /** Waits until the previous stage has lasted long enough, then reports this one. */
  async enter({ stage, progress, message, leastMs }: Stage): Promise<void> {
    await this.settle();
    this.report({ type: 'stage', stage, progress, message });
    this.linger({ leastMs });
  }

  /** Counts a stage that somebody else has reported as entered now. */
  linger({ leastMs }: Pick<Stage, 'leastMs'>): void {
    this.leaveAt = performance.now() + leastMs * this.pace;
  }

  /** Waits until the current stage has lasted long enough. */
  async settle(): Promise<void> {
    const restMs = this.leaveAt - performance.now();
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
  }
}
