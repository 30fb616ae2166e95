/** What the preflight knows when nothing is wrong. */
import type { Bundle } from '../../../datasets/catalog-schema.ts';
import type { Target } from '../../product/target.ts';
import type { Assignment } from '../accounts.ts';
import type { RunIdentity } from '../identity.ts';
import type { Settings } from '../settings.ts';

/** What is about to be run, and on what. */
export interface Undertaking {
  readonly settings: Settings;
  readonly identity: RunIdentity;
  readonly target: Target;
}

export interface Readiness {
  readonly target: Target;
  readonly assignment: Assignment;
  readonly bundles: readonly Bundle[];
  readonly browserVersion: string;
  /** What a person should know and nothing has to be done about, a sentence each. */
  readonly remarks: readonly string[];
}
