/** What the wizard says of a data file, read from its dictionary alone. A second pair of eyes: it shares nothing with the codec of this project. */

export interface SavHeader {
  readonly respondents: number;
  /** Names as a person reads them. */
  readonly variables: readonly string[];
}

/** @throws an Error when this is no SPSS file, or one that ends before its dictionary does. */
export function readSavHeader(bytes: Buffer): SavHeader {
  const magic = bytes.toString('latin1', 0, 4);
  if (magic !== '$FL2' && magic !== '$FL3') throw new Error('This is not an SPSS data file.');
  const little = [2, 3].includes(bytes.readInt32LE(64));
  const int = (at: number): number => (little ? bytes.readInt32LE(at) : bytes.readInt32BE(at));
  const respondents = int(80);
  const short: string[] = [];
  const longNames = new Map<string, string>();
  const segmented = new Map<string, number>();
  let at = 176;
  for (let type = int(at); type !== 999; type = int(at)) {
    at += 4;
    if (type === 2) {
      const [width, hasLabel, missing] = [int(at), int(at + 4), int(at + 8)];
      // A width of -1 goes on with the string before.
      if (width >= 0) short.push(bytes.toString('latin1', at + 20, at + 28).trim());
      at += 28;
      if (hasLabel === 1) at += 4 + Math.ceil(int(at) / 4) * 4;
      at += Math.abs(missing) * 8;
    } else if (type === 3) {
      const count = int(at);
      at += 4;
      for (let label = 0; label < count; label += 1) at += 8 + Math.ceil((bytes.readUInt8(at + 8) + 1) / 8) * 8;
    } else if (type === 4) at += 4 + int(at) * 4;
    else if (type === 6) at += 4 + int(at) * 80;
    else if (type === 7) {
      const [subtype, size, count] = [int(at), int(at + 4), int(at + 8)];
      const data = bytes.toString('utf8', at + 12, at + 12 + size * count);
      for (const pair of subtype === 13 || subtype === 14 ? data.split(/[\t\0]+/) : []) {
        const [name, value] = pair.split('=');
        if (name === undefined || value === undefined) continue;
        if (subtype === 13) longNames.set(name, value);
        else segmented.set(name, Math.ceil(Number(value) / 252));
      }
      at += 12 + size * count;
    } else throw new Error(`The dictionary holds a record of the unknown type ${type}.`);
  }
  const variables: string[] = [];
  for (let place = 0; place < short.length;) {
    const name = short[place] ?? '';
    variables.push(longNames.get(name) ?? name);
    // A very long string is written as several variables.
    place += Math.max(1, segmented.get(name) ?? 1);
  }
  return { respondents, variables };
}
