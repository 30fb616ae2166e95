/** What a person sees while a run lasts: on a terminal one block that stays in place, elsewhere a line now and then. */
import { stripVTControlCharacters } from 'node:util';
import { duration } from '../format.ts';
import { blockLines, plainParts, type Moment } from './block.ts';
import { joined, paintWith, widthFor, widthOf, WIDTH, wrap } from './text.ts';

/** The part of an output stream that is written to; `columns` and `rows` are a terminal's, as it is at the moment. */
export interface Screen {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

export interface Look {
  readonly colour: boolean;
  /** Whether the screen is a terminal whose lines can be written over. */
  readonly moves: boolean;
}

/** How often the picture is renewed. */
export const RENEW_MS = { terminal: 1_000, plain: 10_000 } as const;

const INDENT = 10;
/** How many lines one failure may take. */
const FAILURE_LINES = 4;
/** To the first column of the first of so many lines above; then everything from there on is gone. */
const up = (lines: number): string => (lines === 0 ? '\r' : `\r\u001b[${lines}A`);
const ERASE_BELOW = '\u001b[0J';
const ERASE_REST_OF_LINE = '\u001b[K';

export class ProgressView {
  readonly #screen: Screen;
  readonly #look: Look;
  readonly #write: (text: string) => void;
  #block: readonly string[] = [];
  #drawn: readonly string[] = [];
  #moment: Moment | undefined;
  /** What others wrote of a line that has no end yet. */
  #begunLine = '';
  #over = false;
  #lastLine = '';
  #lastTrouble = '';

  constructor(screen: Screen, look: Look) {
    this.#screen = screen;
    this.#look = look;
    // Its own way to the screen, also when others' writing is led here.
    const write = screen.write.bind(screen);
    this.#write = (text) => void write(text);
  }

  /** Prints lines that stay. */
  say(text: string): void {
    this.#put(`${this.#inked(text)}\n`);
  }

  /**
   * Says that the run was interrupted. What the terminal and whoever started us write at that (`^C`, line breaks), and when,
   * nobody knows: the block stays as it was then, and there is none any more.
   */
  sayInterrupted(text: string): void {
    this.#leave();
    this.end();
    this.say(text);
  }

  /** Prints a failure, which stays: whole, unless it is very long. */
  sayFailure(text: string): void {
    const lines = wrap(text, widthFor(this.#screen));
    const shown = lines.slice(0, FAILURE_LINES);
    if (lines.length > shown.length) shown.push('…');
    const { bad } = paintWith(this.#look.colour);
    this.say(shown.map((line) => bad(line)).join('\n'));
  }

  /** Passes on somebody else's output, above the block: a line once it is whole. */
  passOn(chunk: string): void {
    const text = this.#inked(chunk);
    if (!this.#look.moves || this.#over) return this.#write(text);
    // A bell, or what else takes no room, waits for no line.
    // eslint-disable-next-line no-control-regex -- a bell is one of these.
    if (/^[\u0000-\u0009\u000b-\u001f]+$/.test(text)) return this.#write(text);
    const whole = this.#begunLine + text;
    const end = whole.lastIndexOf('\n') + 1;
    this.#begunLine = whole.slice(end);
    if (end > 0) this.#put(whole.slice(0, end));
  }

  /** Shows the state of the run. Without a terminal: as one line, and only if something changed. */
  update(moment: Moment): void {
    if (this.#over) return;
    this.#moment = moment;
    if (this.#look.moves) return this.#put('');
    const lines = joined(plainParts(moment), WIDTH - INDENT);
    if (lines.join() !== this.#lastLine) this.#write(stamped(lines, moment));
    this.#lastLine = lines.join();
    const [latest] = moment.picture.trouble;
    const trouble = latest === undefined ? '' : `trouble: ${latest.analyst}: ${latest.text}`;
    if (trouble !== this.#lastTrouble) this.#write(stamped(wrap(trouble, WIDTH - INDENT), moment));
    this.#lastTrouble = trouble;
  }

  /** Takes the block away, for good. */
  end(): void {
    this.#moment = undefined;
    this.#over = true;
    if (this.#begunLine !== '') this.#put(`${this.#begunLine}\n`);
    this.#begunLine = '';
    if (this.#drawn.length > 0) this.#put('');
  }

  /** Writes lines above the block and the block anew, in one go, so that nothing flickers. */
  #put(above: string): void {
    if (!this.#look.moves) return this.#write(above);
    if (this.#isBroken()) this.#leave();
    this.#block = this.#lines();
    if (this.#drawn.length === 0 && this.#block.length === 0) return this.#write(above);
    const block = this.#block.map((line) => `${line}${ERASE_REST_OF_LINE}\n`).join('');
    this.#write(`${up(this.#drawn.length)}${above === '' ? '' : `${ERASE_BELOW}${above}`}${block}${ERASE_BELOW}`);
    this.#drawn = this.#block;
  }

  #lines(): string[] {
    if (this.#moment === undefined) return [];
    const { rows = Infinity } = this.#screen;
    return blockLines(this.#moment, widthFor(this.#screen), this.#look.colour).slice(0, Math.max(1, rows - 1));
  }

  /** A terminal that was made too narrow for what stands there has broken lines in two, and terminals differ in where the cursor is then. */
  #isBroken(): boolean {
    const { columns = Infinity } = this.#screen;
    return this.#drawn.some((line) => widthOf(line) > columns);
  }

  /** Leaves the block as it stands, and goes on below it. */
  #leave(): void {
    if (this.#drawn.length > 0) this.#write('\r\n');
    this.#drawn = [];
  }

  #inked(text: string): string {
    return this.#look.colour ? text : stripVTControlCharacters(text);
  }
}

/** Lines behind the time that has passed. */
function stamped(lines: readonly string[], { elapsedMs }: Moment): string {
  return lines.map((line, at) => `${(at === 0 ? duration(elapsedMs) : '').padStart(INDENT - 2)}  ${line}\n`).join('');
}
