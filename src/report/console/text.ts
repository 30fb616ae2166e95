/** Plain text for a terminal: colour where it is wanted, wrapping, columns. */
import { stripVTControlCharacters } from 'node:util';

/** Lines are at most this wide. */
export const WIDTH = 100;

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

/**
 * Breaks text at spaces so that no line is wider than `width`; a word that is wider stands on a line of its own.
 * The text's own line breaks stay, and so does a line's indentation.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(text: string, width: number): string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  // Several spaces inside a line align what stands after them, as in a list of commands.
  if (text.length <= width) return [text.trimEnd()];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line === '') line = indent + word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}

/** Cuts text to `width`, with an ellipsis where something is missing. */
export function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Rows in columns two spaces apart: the first column to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, visible(cell))));
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const gap = ' '.repeat((widths[at] ?? 0) - visible(cell));
        return at === 0 ? cell + gap : gap + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

function visible(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** The first line of a message that says something, without colours and without a leading `Error:`. */
export function firstLine(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim());
  return (lines.find((line) => line !== '') ?? 'no message').replace(/^(?:[A-Z]\w*)?Error: /, '');
}
