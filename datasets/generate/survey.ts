/** A survey as data: what is asked, of whom, with which answers. Dictionary, cases and documents all derive from it. */

export type Language = 'en' | 'fr';

export interface Option {
  readonly code: number;
  readonly label: string;
  /** Relative frequency, 1 when absent. */
  readonly share?: number;
}

/** Asked only of respondents who gave one of these answers to an earlier question. */
export interface Condition {
  readonly variable: string;
  readonly values: readonly number[];
}

interface Asked {
  readonly name: string;
  /** As read to the respondent. */
  readonly text: string;
  /** Short form for the data file's variable label. */
  readonly label: string;
  readonly askIf?: Condition;
  /** Answers kept as user-missing: don't know, refused, … */
  readonly missing?: readonly Option[];
}

/** What a variable takes from the respondent instead of drawing an answer. */
export type Trait = 'gender' | 'ageGroup' | 'region' | 'income' | 'education';

export interface SingleQuestion extends Asked {
  readonly kind: 'single';
  readonly options: readonly Option[];
  readonly ordinal?: boolean;
  readonly trait?: Trait;
}

export interface ScaleQuestion extends Asked {
  readonly kind: 'scale';
  /** Labels of the points, lowest first. */
  readonly points: readonly string[];
  /** Code of the lowest point. */
  readonly first: 0 | 1;
  /** Only the two ends carry labels in the data file (such a variable gets no table). */
  readonly endsOnly?: boolean;
}

export interface GridQuestion extends Asked {
  readonly kind: 'grid';
  readonly items: readonly string[];
  readonly points: readonly string[];
}

/** Select all that apply: a multiple-response set of dichotomies; somebody who was asked always ticks something, at least the last item. */
export interface MultiQuestion extends Asked {
  readonly kind: 'multi';
  readonly items: readonly string[];
  readonly none: string;
}

/** Up to `upTo` answers in order of mention: a multiple-response set of categories. */
export interface MentionsQuestion extends Asked {
  readonly kind: 'mentions';
  readonly options: readonly Option[];
  readonly upTo: number;
}

export interface NumericQuestion extends Asked {
  readonly kind: 'numeric';
  readonly source:
    | 'id'
    | 'started'
    | 'minutes'
    | 'age'
    | 'weight'
    | { readonly mean: number; readonly sd: number; readonly low: number; readonly high: number };
  readonly decimals: number;
}

export interface TextQuestion extends Asked {
  readonly kind: 'text';
  /** Bytes. */
  readonly width: number;
  readonly content: 'sentences' | 'device' | 'source';
  /** Share of respondents who write something. */
  readonly answered: number;
}

export type Question =
  SingleQuestion | ScaleQuestion | GridQuestion | MultiQuestion | MentionsQuestion | NumericQuestion | TextQuestion;

export interface Section {
  readonly title: string;
  /** A note to the programmer, printed in the questionnaire only. */
  readonly note?: string;
  readonly questions: readonly Question[];
}

export interface Survey {
  readonly title: string;
  readonly language: Language;
  readonly sections: readonly Section[];
  /** Name of the weight variable, when there is one. */
  readonly weight?: string;
  /** Whether the data file itself is marked as weighted. */
  readonly weightActive: boolean;
  readonly regions: readonly string[];
  /** Words that open answers are about. */
  readonly things: readonly string[];
}

/** Names of the standard demographic variables in one survey. */
export interface DemographicNames {
  readonly gender: string;
  readonly age: string;
  readonly ageGroup: string;
  readonly region: string;
  readonly usage: string;
  readonly income: string;
  readonly education: string;
}
