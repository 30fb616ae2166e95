/** What set-up opened and teardown closes: both run in the runner's process. */
import type { HealthWatch } from '../telemetry/health/loop-lag.ts';
import type { Account } from './accounts.ts';
import type { Reaper } from './reaper.ts';

export interface Backstage {
  health?: HealthWatch;
  /** One admin for each organisation that takes part. Absent: the preflight failed, and nothing can have been made. */
  admins?: ReadonlyMap<string, Account>;
  /** Who cleans up when this process cannot. */
  reaper?: Reaper;
  /** Takes away the folder for temporary files. */
  closeTemporary?: () => Promise<void>;
  /** Ends the watch for the stop file. */
  endWatch?: () => void;
}

export const backstage: Backstage = {};
