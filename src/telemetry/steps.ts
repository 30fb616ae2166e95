/** Named steps: timed, recorded however they end, and named in their errors. */
import type { StepBegunEvent, StepEvent } from './events.ts';
import { nowMs } from './now.ts';

export interface StepsOptions {
  readonly record: (event: StepBegunEvent | StepEvent) => void;
  /** Runs after each step, outside its time. */
  readonly afterStep: () => Promise<void>;
  /** Runs now and then while a step lasts, so that whoever watches the run need not wait for its end. Must not throw. */
  readonly duringStep?: () => void;
  /** How often, in milliseconds. */
  readonly duringMs?: number;
  /** What of an error is recorded; by default its message. */
  readonly messageOf?: (error: unknown) => string;
}

export class Steps {
  private readonly options: StepsOptions;
  private readonly open: string[] = [];
  private due: number | undefined;

  constructor(options: StepsOptions) {
    this.options = options;
  }

  get current(): string | undefined {
    return this.open.at(-1);
  }

  /** The next step to begin is due at that time; milliseconds since 1970. */
  schedule(at: number): void {
    this.due = at;
  }

  /** Runs a step. @throws what the action threw, with the step's name in front of its message and itself as the cause. */
  async run<T>(name: string, action: () => Promise<T>): Promise<T> {
    this.open.push(name);
    this.options.record({ type: 'step-begun', name });
    const startedAt = nowMs();
    const scheduled = this.due === undefined ? {} : { scheduledAt: this.due };
    this.due = undefined;
    const told = this.options.messageOf ?? messageOf;
    let end: Pick<StepEvent, 'outcome' | 'error'> = { outcome: 'ok' };
    const { duringStep, duringMs = 4000 } = this.options;
    const timer = duringStep && this.open.length === 1 ? setInterval(duringStep, duringMs).unref() : undefined;
    try {
      return await action();
    } catch (error) {
      end = { outcome: isTimeout(error) ? 'timeout' : 'failed', error: told(error).slice(0, 2000) };
      throw named(name, error);
    } finally {
      const endedAt = nowMs();
      clearInterval(timer);
      this.open.splice(this.open.lastIndexOf(name), 1);
      this.options.record({ type: 'step', name, ...scheduled, startedAt, endedAt, ...end });
      await this.options.afterStep();
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Playwright's own timeouts bear that name; the message of an `expect` that timed out says so. */
function isTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === 'TimeoutError' ||
    /\bTimed out \d+ms\b|\bTimeout:? +\d+ms\b|\bTimeout \d+ms exceeded\b/.test(error.message)
  );
}

function named(name: string, error: unknown): Error {
  const message = messageOf(error);
  const wrapped = new Error(`${name}: ${message}`, { cause: error });
  if (!(error instanceof Error)) return wrapped;
  wrapped.name = error.name;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  wrapped.stack = [`${error.name}: ${wrapped.message}`, ...frames].join('\n');
  return wrapped;
}
