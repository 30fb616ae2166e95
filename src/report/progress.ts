/** What a person sees while a run lasts: on a terminal one block that stays in place, elsewhere a line now and then. */
import { duration } from './format.ts';
import type { Progress } from './live-tail.ts';
import { clip, WIDTH } from './text.ts';

/** The part of an output stream that is written to. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How often the picture is renewed. */
export const RENEW_MS = { terminal: 1_000, plain: 10_000 } as const;

export class ProgressView {
  readonly #screen: Screen;
  #drawn = 0;
  #block: string[] = [];
  #lastLine = '';

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Prints a line that stays. */
  say(line: string): void {
    this.#clear();
    this.#screen.write(`${line}\n`);
    this.#draw();
  }

  /** Passes on somebody else's output as it is, above the block. */
  passOn(chunk: string): void {
    this.#clear();
    this.#screen.write(this.#screen.isTTY === true && !chunk.endsWith('\n') ? `${chunk}\n` : chunk);
    this.#draw();
  }

  /** Shows the state of the run. Without a terminal: as one line, and only if something changed. */
  update(progress: Progress, analysts: number, elapsedMs: number): void {
    const counts = describe(progress, analysts);
    if (this.#screen.isTTY === true) {
      this.#clear();
      this.#block = [clip(`${counts}   ${duration(elapsedMs)}`, WIDTH)];
      this.#draw();
    } else if (counts !== this.#lastLine) {
      this.#lastLine = counts;
      this.#screen.write(`${clip(`${counts}   ${duration(elapsedMs)}`, WIDTH)}\n`);
    }
  }

  /** Takes the block away, for good. */
  end(): void {
    this.#clear();
    this.#block = [];
  }

  #clear(): void {
    // Up over the block, then everything from there to the end of the screen.
    if (this.#drawn > 0) this.#screen.write(`\u001b[${this.#drawn}A\u001b[0J`);
    this.#drawn = 0;
  }

  #draw(): void {
    if (this.#block.length === 0) return;
    this.#screen.write(`${this.#block.join('\n')}\n`);
    this.#drawn = this.#block.length;
  }
}

function describe({ signedIn, started, launched, finished, failed }: Progress, analysts: number): string {
  const parts = [
    `signed in ${signedIn} of ${analysts}`,
    `started ${started}`,
    `launched ${launched}`,
    `finished ${finished}`,
  ];
  if (failed > 0) parts.push(`failed ${failed}`);
  return parts.join('   ');
}
