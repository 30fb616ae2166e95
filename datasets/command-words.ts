/** What the sub-commands of `npm run datasets` say. */
import type { Bundle } from './catalog-schema.ts';
import { megabytes } from './store/progress.ts';

/** A wrong invocation; the message says what a right one is. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A bundle of a catalog in one line. */
export function bundleLine({
  name,
  respondents,
  variables,
  weight,
  tables,
  flagged,
  loops,
  files,
  writtenBy,
}: Bundle): string {
  const notes = [
    weight === undefined ? 'unweighted' : `weight ${weight}`,
    files.banner ? `${flagged.length} to review` : 'no banner plan',
    ...(loops ? ['loops'] : []),
    ...(writtenBy === 'pspp' ? ['written by PSPP'] : []),
  ];
  return [
    name.padEnd(28),
    megabytes(files.data.sizeBytes).padStart(9),
    `${respondents} respondents`.padStart(19),
    `${variables} variables`.padStart(14),
    `${tables} tables`.padStart(11),
    ` ${notes.join(', ')}`,
  ].join('  ');
}
