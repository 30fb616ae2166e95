/** The in-memory model of an SPSS system file (`.sav`, `.zsav`), shared by the reader and the writer. */

/** How data records are stored: raw 8-byte elements, bytecode-compressed, or bytecode inside zlib blocks (ZSAV). */
export type SavCompression = 'none' | 'bytecode' | 'zlib';

/** A numeric value, or `null` for system-missing; strings come without trailing spaces. */
export type SavValue = number | string | null;

/** One case (respondent): values in the order of the dictionary's variables. */
export type SavCase = readonly SavValue[];

export interface SavFormat {
  /** SPSS format name: `F`, `A`, `DATE`, `DATETIME`, `COMMA`, `DOLLAR`, … */
  readonly type: string;
  readonly width: number;
  readonly decimals: number;
}

/** User-missing values: up to three discrete ones, or a closed range (open ends are ±Infinity) with at most one discrete. */
export interface SavMissing {
  readonly values: readonly (number | string)[];
  readonly range?: { readonly low: number; readonly high: number };
}

export interface SavValueLabel {
  readonly value: number | string;
  readonly label: string;
}

export interface SavVariable {
  /** Long name, as SPSS shows it (up to 64 bytes). */
  readonly name: string;
  /** 0 for a numeric variable, else the string's width in bytes (1–32767; above 255 a very long string). */
  readonly width: number;
  readonly label?: string;
  readonly valueLabels?: readonly SavValueLabel[];
  readonly missing?: SavMissing;
  readonly measure?: 'nominal' | 'ordinal' | 'scale';
  readonly print?: SavFormat;
  readonly write?: SavFormat;
  readonly columns?: number;
  readonly alignment?: 'left' | 'right' | 'center';
}

/** A multiple-response set. */
export interface SavMultipleResponseSet {
  /** With its leading `$`. */
  readonly name: string;
  readonly label: string;
  readonly kind: 'dichotomies' | 'categories';
  /** The counted value, for dichotomies only, as SPSS writes it. */
  readonly countedValue?: string;
  /** For dichotomies whose categories are named by the counted value's label (`CATEGORYLABELS=COUNTEDVALUES`) instead of by variable labels. */
  readonly categoryLabels?: 'countedvalues';
  /** With `categoryLabels`: the set's own label is the first variable's (`LABELSOURCE=VARLABEL`). */
  readonly labelSource?: 'varlabel';
  /** Long names of its variables. */
  readonly variables: readonly string[];
}

export interface SavDictionary {
  readonly variables: readonly SavVariable[];
  /** Name of the weight variable, when the file is weighted. */
  readonly weight?: string;
  readonly multipleResponseSets?: readonly SavMultipleResponseSet[];
  /** Encoding of strings in the file, as an IANA name; the writer's default is `UTF-8`. */
  readonly encoding?: string;
  readonly fileLabel?: string;
  readonly documents?: readonly string[];
}

/** What a header and dictionary tell before any case is read. */
export interface SavHeader extends SavDictionary {
  /** Number of cases the header states, or `null` when it does not (-1 in the file). */
  readonly statedCases: number | null;
  readonly compression: SavCompression;
  readonly encoding: string;
  /** The writing program's own description. */
  readonly product: string;
}

/** A `.sav` file that cannot be read or a dictionary that cannot be written: what is wrong, and where. */
export class SavError extends Error {
  override readonly name = 'SavError';
}
