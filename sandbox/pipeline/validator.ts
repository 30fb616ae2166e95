/** Validates uploads in one long-lived child, a large one never in the way of a small one, so that the server's event loop stays free. */
import type { ValidationResult } from '../contract.ts';
import { startChild, type Child } from './child-process.ts';

interface Waiting {
  readonly resolve: (result: ValidationResult) => void;
  readonly reject: (error: Error) => void;
}

/** Somebody is waiting in front of a screen: less nice than runs. */
const niceness = 5;

export class Validator {
  private child: Child | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  /** Rejects when the file cannot be validated through no fault of its own. */
  validate(path: string): Promise<ValidationResult> {
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      this.waiting.set(id, { resolve, reject });
      const child = (this.child ??= this.start());
      child.keepParentAlive(true);
      child.send({ type: 'validate', id, path });
    });
  }

  async stop(): Promise<void> {
    this.child?.keepParentAlive(true);
    this.child?.kill();
    await this.child?.ended;
  }

  private start(): Child {
    const child = startChild(niceness, (reply) => {
      if (reply.type !== 'validated' && reply.type !== 'validation-failed') return;
      const waiting = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if (this.waiting.size === 0) child.keepParentAlive(false);
      if (reply.type === 'validated') waiting?.resolve(reply.result);
      else waiting?.reject(new Error(reply.message));
    });
    void child.ended.then((problem) => {
      if (this.child === child) this.child = undefined;
      for (const { reject } of this.waiting.values()) reject(new Error(`Validation ${problem ?? 'ended early'}.`));
      this.waiting.clear();
    });
    return child;
  }
}
