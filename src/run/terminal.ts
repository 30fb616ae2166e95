/** What a person's terminal can show, and wants to. Its variables are the terminal's own, and no settings of a run. */
import process from 'node:process';

/** A stream that may be a terminal. */
export interface Stream {
  readonly isTTY?: boolean;
  hasColors?(): boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether to colour what is written there. As Playwright has it: NO_COLOR (no-color.org) comes first, then FORCE_COLOR, which
 * colours what is no terminal, such as a CI job's log; else a terminal that knows colours is coloured.
 */
export function wantsColour(stream: Stream, env: Environment = process.env): boolean {
  const { NO_COLOR, FORCE_COLOR } = env;
  if (isSet(NO_COLOR) || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return false;
  return isSet(FORCE_COLOR) || (canMove(stream, env) && (stream.hasColors?.() ?? false));
}

/** Whether lines that were written there can be written over. */
export function canMove({ isTTY }: Stream, { TERM }: Environment = process.env): boolean {
  return isTTY === true && TERM !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
