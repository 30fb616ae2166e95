/** Messages between the server and its pipeline children. */
import type { ProjectConfig, ReviewDecision, RunSummary, ValidationResult, WorkbookFile } from '../contract.ts';
import type { StoredFile } from '../ports.ts';
import type { ResolvedColumn } from './resolve-banner.ts';

export interface RunJob {
  readonly mode: 'initial' | 'resume';
  readonly runId: string;
  readonly projectName: string;
  readonly config: ProjectConfig;
  readonly files: readonly StoredFile[];
  /** The run's own folder on disk; exists. */
  readonly folder: string;
  /** When the run was launched, milliseconds since 1970. */
  readonly launchedAt: number;
  /** Multiplies the least duration of each stage. */
  readonly pace: number;
  readonly decisions: readonly ReviewDecision[];
  /** A file that holds the theme of all runs; undefined: `config` says. */
  readonly themeFile?: string | undefined;
  /** Whether the tables are made even if the banner could not be. */
  readonly tablesGoOn?: boolean;
}

export type RunReport =
  | { readonly type: 'stage'; readonly stage: string; readonly progress: number; readonly message: string }
  /** The banner needs a person; the tables may still be coming. */
  | { readonly type: 'review'; readonly flagged: readonly ResolvedColumn[]; readonly totalColumns: number }
  /** The tables of a run that awaits review are on disk. */
  | { readonly type: 'tables-ready' }
  | {
      readonly type: 'done';
      readonly outputs: readonly WorkbookFile[];
      readonly inputs: readonly string[];
      readonly summary: RunSummary;
      readonly dropped: readonly string[];
    }
  | { readonly type: 'failed'; readonly title: string; readonly message: string };

export type ChildRequest =
  | { readonly type: 'run'; readonly job: RunJob }
  | { readonly type: 'validate'; readonly id: number; readonly path: string };

export type ChildReply =
  | RunReport
  | { readonly type: 'validated'; readonly id: number; readonly result: ValidationResult }
  | { readonly type: 'validation-failed'; readonly id: number; readonly message: string };
