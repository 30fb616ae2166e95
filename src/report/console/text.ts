/** Plain text for a terminal: colour where it is wanted, wrapping, columns. */
import { stripVTControlCharacters } from 'node:util';

/** Lines are at most this wide, on whatever terminal. */
export const WIDTH = 100;
/** The narrowest that anything is laid out for. */
const NARROWEST = 40;
/** What a first column is never cut below. */
const LABEL_LEAST = 12;

/** How wide lines may be on a stream: a terminal's last column is left free, because terminals differ there. */
export function widthFor({ columns }: { readonly columns?: number }): number {
  return Math.max(NARROWEST, Math.min(WIDTH, (columns ?? Infinity) - 1));
}

export interface Paint {
  strong: (text: string) => string;
  quiet: (text: string) => string;
  good: (text: string) => string;
  bad: (text: string) => string;
  doubtful: (text: string) => string;
}

/** Colours for a terminal, or none at all. Colour never stands alone: a word always says the same. */
export function paintWith(colour: boolean): Paint {
  const code = (on: number, off: number) => (text: string) => (colour ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return { strong: code(1, 22), quiet: code(2, 22), good: code(32, 39), bad: code(31, 39), doubtful: code(33, 39) };
}

/** Characters that take two columns: East Asian wide ones and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Characters that take none: they change the one before, or only say something about it. */
const WIDTHLESS = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** How many columns a text takes on a terminal; colours take none. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].reduce((sum, sign) => sum + columnsOf(sign), 0);
}

function columnsOf(sign: string): number {
  return WIDTHLESS.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
}

/** A text that somebody else wrote, without what would move the cursor or colour the rest; its line breaks stay. */
export function harmless(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ');
}

/**
 * Breaks text at spaces so that no line is wider than `width`; a word that is wider stands on a line of its own.
 * The text's own line breaks stay, and so does a line's indentation.
 */
export function wrap(text: string, width: number): string[] {
  return harmless(text)
    .split('\n')
    .flatMap((line) => wrapLine(line, width));
}

function wrapLine(text: string, width: number): string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  // Several spaces inside a line align what stands after them, as in a list of commands.
  if (widthOf(text) <= width) return [text.trimEnd()];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line === '') line = indent + word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}

/** Cuts text to one line of at most `width` columns, with an ellipsis where something is missing. */
export function clip(text: string, width: number): string {
  const line = harmless(text).replaceAll(/\s*\n\s*/g, ' ');
  if (widthOf(line) <= width) return line;
  let kept = '';
  let columns = 0;
  for (const sign of line) {
    columns += columnsOf(sign);
    if (columns > width - 1) break;
    kept += sign;
  }
  return `${kept}…`;
}

/** Parts joined with middle dots, in lines of at most `width`; no part is broken, and one that is wider stands on a line of its own. */
export function joined(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 3 + widthOf(part) <= width) lines[lines.length - 1] = `${last} · ${part}`;
    else lines.push(part);
  }
  return lines;
}

/**
 * Rows in columns two spaces apart: the first column to the left, the others to the right. Where they are wider than `width`,
 * the first column is cut.
 */
export function columns(rows: readonly (readonly string[])[], width = Infinity): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))));
  const [first = 0, ...others] = widths;
  const left = width - others.reduce((sum, each) => sum + 2 + each, 0);
  widths[0] = Math.min(first, Math.max(LABEL_LEAST, left));
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const kept = at === 0 && widthOf(cell) > (widths[0] ?? 0) ? clip(cell.trimEnd(), widths[0] ?? 0) : cell;
        const gap = ' '.repeat((widths[at] ?? 0) - widthOf(kept));
        return at === 0 ? kept + gap : gap + kept;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** The first line of a message that says something, without colours and without a leading `Error:`. */
export function firstLine(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim());
  return (lines.find((line) => line !== '') ?? 'no message').replace(/^(?:[A-Z]\w*)?Error: /, '');
}
