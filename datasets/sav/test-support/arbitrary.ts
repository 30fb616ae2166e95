/** Arbitrary dictionaries and cases for property tests: everything the format can hold, nothing it cannot. */
import fc from 'fast-check';
import type {
  SavCase,
  SavDictionary,
  SavMissing,
  SavMultipleResponseSet,
  SavValueLabel,
  SavVariable,
} from '../index.ts';

/** `fast-check` makes objects without a prototype unless told otherwise, which strict equality tells apart. */
const PLAIN = { noNullPrototype: true } as const;

/** Widths around every seam of the format: element, plain string, segment. */
const stringWidths = fc.oneof(
  fc.constantFrom(1, 7, 8, 9, 16, 254, 255, 256, 257, 503, 504, 505, 509, 510, 511, 756, 1008),
  fc.integer({ min: 1, max: 1200 }),
);

/** Numbers around the seams of bytecode, and any other finite one but system-missing. */
const numbers = fc
  .oneof(
    fc.integer({ min: -110, max: 160 }),
    fc.constantFrom(0, -0, -99, -100, 151, 152, 0.1, 1e300, -1e300, 5e-324, Number.MAX_VALUE, 2 ** 53),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  .filter((value) => value !== -Number.MAX_VALUE);

const CHARACTERS = ['a', 'b', 'Z', '7', ' ', '-', 'é', 'ß', 'Ω', '日', '😀', '\t', "'", '"', ','];

/** Text of at most so many UTF-8 bytes, without trailing spaces; fills the room to the last byte often. */
function textOf(maxBytes: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 12 }), fc.boolean(), fc.constantFrom('x', 'é', '日'))
    .map(([characters, fills, filler]) => {
      let text = '';
      let bytes = 0;
      const add = (character: string): boolean => {
        const length = Buffer.byteLength(character);
        if (bytes + length > maxBytes) return false;
        bytes += length;
        text += character;
        return true;
      };
      characters.forEach(add);
      if (fills) while (add(filler));
      return text.trimEnd();
    });
}

const names = fc
  .tuple(
    fc.constantFrom('q', 'Q', 'satisfaction_with_', 'größe', 'weight', '名', '@x'),
    fc.integer({ min: 0, max: 999 }),
    fc.constantFrom('', '_a', '.b', '_a_rather_long_tail'),
  )
  .map(([stem, number, tail]) => `${stem}${number}${tail}`);

function missingOf(width: number): fc.Arbitrary<SavMissing> {
  if (width > 0)
    return fc.uniqueArray(textOf(Math.min(width, 8)), { minLength: 1, maxLength: 3 }).map((values) => ({ values }));
  const range = fc
    .tuple(
      fc.oneof(fc.constant(-Infinity), fc.integer({ min: -1000, max: 0 })),
      fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 1000 })),
    )
    .map(([low, high]) => ({ low, high }));
  return fc.oneof(
    fc.uniqueArray(numbers, { minLength: 1, maxLength: 3 }).map((values) => ({ values })),
    fc.tuple(range, fc.array(numbers, { maxLength: 1 })).map(([range, values]) => ({ values, range })),
  );
}

function labelsOf(width: number): fc.Arbitrary<SavValueLabel[]> {
  const values: fc.Arbitrary<number | string> = width > 0 ? textOf(width) : numbers;
  return fc.uniqueArray(fc.record({ value: values, label: textOf(255) }, PLAIN), {
    // The two zeros are one value to SPSS.
    selector: ({ value }) => (value === 0 ? 0 : value),
    minLength: 1,
    maxLength: 6,
  });
}

function variableOf(name: string): fc.Arbitrary<SavVariable> {
  return fc.oneof(fc.constant(0), stringWidths).chain((width) => {
    const format =
      width > 0
        ? fc.constant({ type: 'A', width, decimals: 0 })
        : fc.constantFrom(
            { type: 'F', width: 8, decimals: 2 },
            { type: 'DATE', width: 11, decimals: 0 },
            { type: 'PCT', width: 6, decimals: 1 },
          );
    return fc.record(
      {
        name: fc.constant(name),
        width: fc.constant(width),
        label: textOf(255),
        valueLabels: labelsOf(width),
        missing: missingOf(width),
        measure: fc.constantFrom('nominal', 'ordinal', 'scale'),
        print: format,
        write: format,
        columns: fc.integer({ min: 1, max: 80 }),
        alignment: fc.constantFrom('left', 'right', 'center'),
      },
      { requiredKeys: ['name', 'width', 'print', 'write', 'measure', 'columns', 'alignment'], ...PLAIN },
    );
  });
}

function setsOf(variables: readonly SavVariable[]): fc.Arbitrary<SavMultipleResponseSet[]> {
  const numeric = variables.filter(({ width }) => width === 0).map(({ name }) => name);
  if (numeric.length < 2) return fc.constant([]);
  const members = fc.subarray(numeric, { minLength: 2 });
  const label = textOf(40).map((text) => text.trim());
  return fc.tuple(
    fc.record(
      { name: fc.constant('$codes'), label, kind: fc.constant('categories' as const), variables: members },
      PLAIN,
    ),
    fc.record(
      {
        name: fc.constant('$Owns_1'),
        label,
        kind: fc.constant('dichotomies' as const),
        countedValue: fc.constantFrom('1', '0', '-2', '17'),
        variables: members,
      },
      PLAIN,
    ),
    fc.record(
      {
        name: fc.constant('$ext'),
        label,
        kind: fc.constant('dichotomies' as const),
        countedValue: fc.constant('1'),
        categoryLabels: fc.constant('countedvalues' as const),
        variables: members,
      },
      PLAIN,
    ),
  );
}

const dictionaries: fc.Arbitrary<SavDictionary> = fc
  .uniqueArray(names, { minLength: 1, maxLength: 12, selector: (name) => name.toLowerCase() })
  .chain((chosen) => fc.tuple(...chosen.map(variableOf)))
  .chain((variables) => {
    const numeric = variables.filter(({ width }) => width === 0).map(({ name }) => name);
    return fc
      .record({
        sets: setsOf(variables),
        weight:
          numeric.length > 0 ? fc.option(fc.constantFrom(...numeric), { nil: undefined }) : fc.constant(undefined),
        fileLabel: textOf(64),
        documents: fc.array(textOf(80), { maxLength: 3 }),
      })
      .map(({ sets, weight, fileLabel, documents }) => ({
        variables,
        ...(weight !== undefined && { weight }),
        ...(sets.length > 0 && { multipleResponseSets: sets }),
        ...(fileLabel && { fileLabel }),
        ...(documents.length > 0 && { documents }),
      }));
  });

/** A dictionary and cases that fit it. */
export const files: fc.Arbitrary<{ dictionary: SavDictionary; cases: SavCase[] }> = dictionaries.chain((dictionary) => {
  const row = fc.tuple(
    ...dictionary.variables.map(({ width }) =>
      width > 0
        ? textOf(width)
        : fc.oneof({ weight: 4, arbitrary: numbers }, { weight: 1, arbitrary: fc.constant(null) }),
    ),
  );
  return fc.array(row, { maxLength: 9 }).map((cases) => ({ dictionary, cases }));
});
