/** What the preflight knows when nothing is wrong. */
import type { SurveyBundle } from '../../../datasets/catalog-schema.ts';
import type { Target } from '../../product/target.ts';
import type { Assignment } from '../accounts.ts';
import type { RunIdentity } from '../identity.ts';
import type { Settings } from '../settings.ts';
import type { ClockOffset } from './clocks.ts';
import type { Estimate } from './estimate.ts';

/** What is about to be run, and on what. */
export interface Undertaking {
  readonly settings: Settings;
  readonly identity: RunIdentity;
  readonly target: Target;
}

export interface Readiness extends Undertaking {
  readonly assignment: Assignment;
  readonly bundles: readonly SurveyBundle[];
  readonly browserVersion: string;
  /** What a person should know and nothing has to be done about, a sentence each. */
  readonly remarks: readonly string[];
  /** What it will ask of an attached product; none for the sandbox. */
  readonly estimate?: Estimate;
  /** Whether hazard probes run, whose launches the estimate leaves out. */
  readonly probes: boolean;
  /** Where analysts were sent to sign in. */
  readonly signInOrigins: readonly string[];
  /** Where the live connections of their pages led. */
  readonly liveHosts: readonly string[];
  /** This machine's clock against those of the product and of its live server. */
  readonly clocks: { readonly product: ClockOffset; readonly live: ClockOffset };
}
