/** Putting a Transition together that came in parts. */
import type { TransitionChunk } from './wire.ts';

/** Holds the parts of at most one Transition: the product never interleaves two. */
export class ChunkBuffer {
  private parts: string[] = [];
  private current: { readonly transitionId: string; readonly totalParts: number } | undefined;

  get pending(): boolean {
    return this.current !== undefined;
  }

  /** The whole text with the last part, undefined before. A part out of place drops what was gathered, and says so. */
  add({ chunk, partNumber, totalParts, transitionId }: TransitionChunk): {
    readonly text?: string;
    readonly problem?: string;
  } {
    const problem = this.problemWith(transitionId, totalParts, partNumber);
    if (partNumber !== this.parts.length || this.current?.transitionId !== transitionId) this.reset();
    if (partNumber !== this.parts.length)
      return { problem: problem ?? `part ${partNumber} of transition ${transitionId} came first` };
    this.current ??= { transitionId, totalParts };
    this.parts.push(chunk);
    if (this.parts.length < totalParts) return problem ? { problem } : {};
    const text = this.parts.join('');
    this.reset();
    return problem ? { text, problem } : { text };
  }

  reset(): void {
    this.parts = [];
    this.current = undefined;
  }

  private problemWith(transitionId: string, totalParts: number, partNumber: number): string | undefined {
    if (!this.current) return undefined;
    const { current } = this;
    if (current.transitionId !== transitionId)
      return `transition ${transitionId} began before ${current.transitionId} was whole`;
    if (current.totalParts !== totalParts)
      return `transition ${transitionId} has ${totalParts} parts, and had ${current.totalParts} before`;
    if (partNumber !== this.parts.length)
      return `part ${partNumber} of transition ${transitionId} came where part ${this.parts.length} was due`;
    return undefined;
  }
}
