/** What a person sees while a run lasts: on a terminal one block that stays in place, elsewhere a line now and then. */
import { duration, share } from '../format.ts';
import type { Picture } from '../live/picture.ts';
import { clip, paintWith, WIDTH } from './text.ts';

/** The part of an output stream that is written to. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How often the picture is renewed. */
export const RENEW_MS = { terminal: 1_000, plain: 10_000 } as const;

const INDENT = 10;

export class ProgressView {
  readonly #screen: Screen;
  readonly #colour: boolean;
  #drawn = 0;
  #block: string[] = [];
  #lastLine = '';

  constructor(screen: Screen, colour = false) {
    this.#screen = screen;
    this.#colour = colour;
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
  update(picture: Picture, analysts: number, elapsedMs: number): void {
    if (this.#screen.isTTY === true) {
      this.#clear();
      this.#block = block(picture, analysts, elapsedMs, this.#colour);
      this.#draw();
      return;
    }
    const line = plainLine(picture, analysts);
    if (line === this.#lastLine) return;
    this.#lastLine = line;
    this.#screen.write(`${clip(`${duration(elapsedMs).padStart(INDENT - 2)}  ${line}`, WIDTH)}\n`);
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

/** Always the same lines in the same places, so that the eye finds them again. */
function block(picture: Picture, analysts: number, elapsedMs: number, colour: boolean): string[] {
  const paint = paintWith(colour);
  const { generator, trouble } = picture;
  const late =
    generator.lateSeconds > 0 ? `${generator.lateSeconds} of the last ${generator.seconds} s past a guard` : '';
  const lines: readonly (readonly [string, readonly string[], boolean?])[] = [
    ['Elapsed', [duration(elapsedMs)]],
    ['Analysts', peopleParts(picture, analysts)],
    ['Projects', projectParts(picture)],
    ['Pages', pageParts(picture)],
    [
      'Generator',
      [
        generator.seconds === 0 ? 'not heard of yet' : late === '' ? 'in time' : late,
        ...(generator.cpu === undefined ? [] : [`CPU ${share(Math.min(1, generator.cpu))}`]),
      ],
      late !== '',
    ],
    [
      'Latest',
      [trouble[0] === undefined ? 'no trouble' : `${trouble[0].analyst}: ${trouble[0].text}`],
      trouble.length > 0,
    ],
  ];
  return lines.map(([label, parts, isTrouble]) => {
    const text = clip(parts.join(' · '), WIDTH - INDENT);
    return paint.quiet(label.padEnd(INDENT)) + (isTrouble ? paint.doubtful(text) : text);
  });
}

function plainLine(picture: Picture, analysts: number): string {
  const { counts, trouble } = picture;
  if (counts.launched === 0) return peopleParts(picture, analysts).join(' · ');
  const { lcpP75Ms, freshnessP95Ms } = picture;
  return [
    // What is nothing yet takes no room in a line.
    ...[...peopleParts(picture, analysts).slice(1), ...projectParts(picture)].filter((part) => !part.startsWith('0 ')),
    ...(lcpP75Ms === undefined ? [] : [`LCP p75 ${duration(lcpP75Ms)}`]),
    ...(freshnessP95Ms === undefined ? [] : [`cards p95 ${duration(freshnessP95Ms)}`]),
    ...(trouble[0] === undefined ? [] : [`${trouble[0].analyst}: ${trouble[0].text}`]),
  ].join(' · ');
}

function peopleParts({ counts }: Picture, analysts: number): string[] {
  return [
    `${counts.signedIn} of ${analysts} signed in`,
    `${counts.atWork} at work`,
    `${counts.finished} finished`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
  ];
}

function projectParts({ counts, projects, meanDurationMs }: Picture): string[] {
  const some = (count: number, word: string): string[] => (count === 0 ? [] : [`${count} ${word}`]);
  return [
    `${counts.launched} launched`,
    ...some(projects.queued, 'in the queue'),
    `${projects.running} in progress`,
    `${projects.review} pending review`,
    `${projects.completed} completed`,
    ...some(projects.failed, 'failed'),
    ...some(projects.cancelled, 'cancelled'),
    ...some(projects['rate-limited'], 'rate-limited'),
    ...(meanDurationMs === undefined ? [] : [`mean ${duration(meanDurationMs)}`]),
  ];
}

function pageParts({ lcpP75Ms, inpP75Ms, freshnessP95Ms, sockets }: Picture): string[] {
  return [
    `LCP p75 ${duration(lcpP75Ms)}`,
    `INP p75 ${duration(inpP75Ms)}`,
    `cards p95 ${duration(freshnessP95Ms)}`,
    `${sockets.reconnects} reconnects`,
  ];
}
