/** What a dictionary must fulfil before a byte is written. */
import type { TextCodec } from './encoding.ts';
import { MAX_STRING_WIDTH } from './layout.ts';
import { SavError, type SavDictionary, type SavMultipleResponseSet, type SavVariable } from './model.ts';
import { packFormat } from './formats.ts';

const MAX_NAME_BYTES = 64;
/** Labels are counted by a byte in the file for values; SPSS allows as many for variables. */
const MAX_LABEL_BYTES = 255;
const MAX_FILE_LABEL_BYTES = 64;
const MAX_DOCUMENT_BYTES = 80;

const RESERVED: ReadonlySet<string> = new Set('ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH'.split(' '));

/** Throws SavError, naming variable and value, for the first thing the format cannot hold: nothing is cut off silently. */
export function checkDictionary(dictionary: SavDictionary, codec: TextCodec): void {
  const { variables } = dictionary;
  if (variables.length === 0) throw new SavError('A dictionary needs at least one variable.');
  const byName = new Map<string, SavVariable>();
  for (const variable of variables) {
    checkVariable(variable, codec);
    const key = variable.name.toLowerCase();
    if (byName.has(key))
      throw new SavError(`Two variables are named ${variable.name} (case does not count); rename one.`);
    byName.set(key, variable);
  }
  if (dictionary.weight !== undefined) {
    const weight = byName.get(dictionary.weight.toLowerCase());
    if (!weight) throw new SavError(`The weight "${dictionary.weight}" is not among the variables.`);
    if (weight.width > 0) throw new SavError(`The weight ${weight.name} is a string; it must be numeric.`);
  }
  for (const set of dictionary.multipleResponseSets ?? []) checkSet(set, byName);
  checkBytes('The file label', dictionary.fileLabel ?? '', MAX_FILE_LABEL_BYTES, codec);
  for (const line of dictionary.documents ?? []) checkBytes('A document line', line, MAX_DOCUMENT_BYTES, codec);
}

function checkVariable(variable: SavVariable, codec: TextCodec): void {
  const { name, width } = variable;
  const what = `Variable ${JSON.stringify(name)}`;
  if (!/^[\p{L}@][\p{L}\p{M}\p{N}._@#$]*$/u.test(name) || RESERVED.has(name.toUpperCase())) {
    throw new SavError(
      `${what} has a name SPSS does not allow: begin with a letter, go on with letters, digits, ".", "_", "@", "#", "$", no keyword.`,
    );
  }
  checkBytes(`${what}: its name`, name, MAX_NAME_BYTES, codec);
  if (!Number.isInteger(width) || width < 0 || width > MAX_STRING_WIDTH) {
    throw new SavError(
      `${what} has a width of ${width}; give 0 for a number or 1 to ${MAX_STRING_WIDTH} bytes for a string.`,
    );
  }
  if (variable.label !== undefined) checkBytes(`${what}: its label`, variable.label, MAX_LABEL_BYTES, codec);
  for (const format of [variable.print, variable.write]) {
    if (format && packFormat(format, width) === undefined) {
      throw new SavError(`${what} cannot have the format ${format.type}${format.width}.${format.decimals}.`);
    }
  }
  const seen = new Set<number | string>();
  for (const { value, label } of variable.valueLabels ?? []) {
    checkValue(`${what}: the labelled value`, value, width, codec);
    checkBytes(`${what}: the label of ${JSON.stringify(value)}`, label, MAX_LABEL_BYTES, codec);
    if (seen.has(value)) throw new SavError(`${what} has two labels for the value ${JSON.stringify(value)}.`);
    seen.add(value);
  }
  checkMissing(variable, what, codec);
}

function checkMissing(variable: SavVariable, what: string, codec: TextCodec): void {
  const { missing, width } = variable;
  if (!missing) return;
  const most = missing.range ? 1 : 3;
  if (missing.values.length > most)
    throw new SavError(
      `${what} has ${missing.values.length} missing values${missing.range ? ' beside a range' : ''}; ${most} at most.`,
    );
  for (const value of missing.values) {
    checkValue(`${what}: the missing value`, value, width, codec);
    if (typeof value === 'string' && codec.encode(value).length > 8) {
      throw new SavError(`${what}: the missing value ${JSON.stringify(value)} is longer than the 8 bytes SPSS allows.`);
    }
  }
  if (!missing.range) return;
  const { low, high } = missing.range;
  if (width > 0) throw new SavError(`${what} is a string; only numbers can have a range of missing values.`);
  if (Number.isNaN(low) || Number.isNaN(high) || low > high || low === Infinity || high === -Infinity) {
    throw new SavError(`${what} has a range of missing values from ${low} to ${high}.`);
  }
}

function checkSet(set: SavMultipleResponseSet, byName: ReadonlyMap<string, SavVariable>): void {
  const what = `Multiple-response set ${set.name}`;
  if (!/^\$[^\s=]+$/.test(set.name))
    throw new SavError(`${what}: the name must begin with $ and hold no space or "=".`);
  if ((set.kind === 'dichotomies') !== (set.countedValue !== undefined)) {
    throw new SavError(`${what}: dichotomies have a counted value, categories have none.`);
  }
  if (set.kind === 'categories' && set.categoryLabels)
    throw new SavError(`${what}: only dichotomies can take labels from counted values.`);
  const members = set.variables.map((name) => {
    const member = byName.get(name.toLowerCase());
    if (!member) throw new SavError(`${what} names ${name}, which is not among the variables.`);
    return member;
  });
  if (members.length === 0) throw new SavError(`${what} has no variables.`);
  if (new Set(members.map((member) => member.width > 0)).size > 1)
    throw new SavError(`${what} mixes numeric and string variables.`);
  if (members[0]?.width === 0 && set.countedValue !== undefined && !/^-?\d+$/.test(set.countedValue)) {
    throw new SavError(`${what} counts "${set.countedValue}"; numeric dichotomies count a whole number.`);
  }
}

function checkValue(what: string, value: number | string, width: number, codec: TextCodec): void {
  if (typeof value === 'number' ? width > 0 : width === 0) {
    throw new SavError(
      `${what} ${JSON.stringify(value)} is a ${typeof value}, its variable is ${width > 0 ? 'a string' : 'numeric'}.`,
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new SavError(`${what} is ${value}; it must be a finite number.`);
  if (typeof value === 'string') checkBytes(what, value, width, codec);
}

function checkBytes(what: string, text: string, most: number, codec: TextCodec): void {
  const length = codec.encode(text).length;
  if (length > most)
    throw new SavError(
      `${what} ${JSON.stringify(text.slice(0, 40))} takes ${length} bytes in ${codec.name}; ${most} at most. Shorten it.`,
    );
}
