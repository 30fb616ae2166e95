/** What set-up opened and teardown closes: both run in the runner's process. */
import type { HealthWatch } from '../telemetry/health/loop-lag.ts';
import type { Account } from './accounts.ts';

export interface Backstage {
  health?: HealthWatch;
  /** One admin for each organisation that takes part. Absent: the preflight failed, and nothing can have been made. */
  admins?: ReadonlyMap<string, Account>;
}

export const backstage: Backstage = {};
