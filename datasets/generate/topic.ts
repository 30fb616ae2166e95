/** What distinguishes one survey's subject from another; `questionnaire.ts` turns it into questions. */
import type { DemographicNames, Language, Option } from './survey.ts';

export interface TopicQuestion {
  readonly text: string;
  readonly label: string;
  readonly options: readonly Option[];
  /** Share of respondents who do not know. */
  readonly unsure?: number;
}

/** A banner column as the plan writes it. */
export interface PlanColumn {
  readonly name: string;
  readonly definition: string;
}

export interface PlanGroup {
  readonly name: string;
  readonly columns: readonly PlanColumn[];
}

export interface Topic {
  readonly slug: string;
  readonly title: string;
  readonly language: Language;
  readonly regions: readonly string[];
  /** Singular and plural of what is rated: `mobile network`, `mobile networks`. */
  readonly thing: readonly [singular: string, plural: string];
  readonly brands: readonly string[];
  /** Usage screener S4: heaviest answer first. */
  readonly usage: TopicQuestion;
  readonly attributes: readonly string[];
  readonly reasons: readonly string[];
  readonly spend: {
    readonly text: string;
    readonly label: string;
    readonly mean: number;
    readonly sd: number;
    readonly high: number;
  };
  /** Become Q12, Q13, … in this order. */
  readonly specific: readonly TopicQuestion[];
  /** Asked again for each of up to three occasions; makes looped data. */
  readonly loop?: {
    readonly count: TopicQuestion;
    readonly occasion: string;
    readonly questions: readonly TopicQuestion[];
  };
  /** Subjects of open answers. */
  readonly things: readonly string[];
  /** Banner groups of exact columns beside gender, age and region. */
  readonly banner: (names: DemographicNames) => readonly PlanGroup[];
  /** Banner groups with columns that somebody has to look at. */
  readonly doubtful: (names: DemographicNames) => readonly PlanGroup[];
}
