/** Multiple-response sets (subtypes 7 and 19), parsed and written. */
import type { TextCodec } from './encoding.ts';
import type { SavMultipleResponseSet } from './model.ts';

const SPACE = 0x20;
const NEWLINE = 0x0a;

/**
 * Parses a record such as `$a=C 5 Label v1 v2\n$b=D1 1 5 Label v3 v4\n$c=E 1 1 1 0  v5\n`; lengths count bytes.
 * `names` maps lower-case short names to long ones. A set that cannot be understood is left out.
 */
export function parseMultipleResponseSets(
  data: Buffer,
  codec: TextCodec,
  names: ReadonlyMap<string, string>,
): SavMultipleResponseSet[] {
  const sets: SavMultipleResponseSet[] = [];
  // SPSS writes short names, some other writers long ones; where both fit, the short one counts.
  const known = new Map([...[...names.values()].map((long): [string, string] => [long.toLowerCase(), long]), ...names]);
  let at = 0;
  while (at < data.length) {
    const parsed = parseSet(data, at, codec, known);
    if (parsed) sets.push(parsed.set);
    const newline = data.indexOf(NEWLINE, parsed?.end ?? at);
    at = newline < 0 ? data.length : newline + 1;
  }
  return sets;
}

function parseSet(
  data: Buffer,
  start: number,
  codec: TextCodec,
  names: ReadonlyMap<string, string>,
): { set: SavMultipleResponseSet; end: number } | undefined {
  const equals = data.indexOf(0x3d, start);
  if (equals < 0 || data.subarray(start, equals).includes(NEWLINE)) return undefined;
  const name = codec.decode(data, start, equals).trim();
  const letter = String.fromCharCode(data[equals + 1] ?? 0);
  let at = equals + 2;

  /** A decimal length, a space, that many bytes. */
  const counted = (): string | undefined => {
    while (data[at] === SPACE) at += 1;
    const space = data.indexOf(SPACE, at);
    const length = space < 0 ? Number.NaN : Number(data.toString('latin1', at, space));
    if (!Number.isInteger(length) || space + 1 + length > data.length) return undefined;
    at = space + 1 + length;
    return codec.decode(data, space + 1, at);
  };

  let flags: string | undefined;
  let countedValue: string | undefined;
  if (letter === 'E') {
    const space = data.indexOf(SPACE, at + 1);
    flags = data.toString('latin1', at, space).trim();
    at = space;
  }
  if (letter === 'D' || letter === 'E') {
    countedValue = counted();
    if (countedValue === undefined) return undefined;
  } else if (letter !== 'C') return undefined;
  const label = counted();
  if (label === undefined) return undefined;

  const newline = data.indexOf(NEWLINE, at);
  const end = newline < 0 ? data.length : newline;
  const members = codec
    .decode(data, at, end)
    .replaceAll('\0', '')
    .split(' ')
    .filter((member) => member !== '');
  const variables = members.flatMap((member) => names.get(member.toLowerCase()) ?? []);
  return {
    set: {
      name,
      label: label.trimEnd(),
      kind: letter === 'C' ? 'categories' : 'dichotomies',
      ...(countedValue !== undefined && { countedValue }),
      ...(flags !== undefined && { categoryLabels: 'countedvalues' as const }),
      ...(flags === '11' && { labelSource: 'varlabel' as const }),
      variables,
    },
    end,
  };
}

/** The two records a list of sets takes: `plain` for subtype 7, `extended` for subtype 19; either may be empty. */
export function formatMultipleResponseSets(
  sets: readonly SavMultipleResponseSet[],
  codec: TextCodec,
  shortNames: ReadonlyMap<string, string>,
): { plain: Buffer; extended: Buffer } {
  const record = (chosen: readonly SavMultipleResponseSet[]): Buffer =>
    Buffer.concat(chosen.map((set) => formatSet(set, codec, shortNames)));
  return {
    plain: record(sets.filter((set) => set.categoryLabels === undefined)),
    extended: record(sets.filter((set) => set.categoryLabels !== undefined)),
  };
}

function formatSet(set: SavMultipleResponseSet, codec: TextCodec, shortNames: ReadonlyMap<string, string>): Buffer {
  const countedValue = codec.encode(set.countedValue ?? '');
  const label = codec.encode(set.label);
  const head =
    set.kind === 'categories'
      ? 'C'
      : set.categoryLabels === undefined
        ? 'D'
        : `E ${set.labelSource === undefined ? '1' : '11'} `;
  const members = set.variables.map(
    (variable) => ` ${(shortNames.get(variable.toLowerCase()) ?? variable).toLowerCase()}`,
  );
  return Buffer.concat([
    codec.encode(`${set.name}=${head}`),
    ...(set.kind === 'dichotomies' ? [Buffer.from(`${countedValue.length} `), countedValue] : []),
    Buffer.from(` ${label.length} `),
    label,
    codec.encode(`${members.join('')}\n`),
  ]);
}
