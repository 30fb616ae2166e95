/** What a seeded sandbox holds: a plan, made without touching the store. */
import {
  projectConfigSchema,
  themes,
  type ProjectConfig,
  type RunResult,
  type RunRow,
  type RunStatus,
  type Session,
} from '../contract.ts';
import type { PreparedBundle } from './bundles.ts';
import { createPick, studyName } from './names.ts';

export interface SeedProject {
  name: string;
  createdAt: number;
  config: ProjectConfig;
  bundle: PreparedBundle;
  session: Session;
  run: Pick<
    RunRow,
    'status' | 'stage' | 'progress' | 'message' | 'error' | 'result' | 'cancelRequested' | 'lastHeartbeat'
  >;
}

export interface SeedRequest {
  projects: number;
  /** How many of them await a review. */
  pending: number;
  bundles: readonly PreparedBundle[];
  /** Who may launch; both organisations. */
  launchers: readonly Session[];
  now: number;
  seed: number;
}

/** Work that a start picks up again; few, so that a seeded sandbox is not busy for minutes. */
const mostUnfinished = 16;
const dayMs = 86_400_000;
const oldestMs = 120 * dayMs;

const failures = [
  [
    'Banner extraction failed',
    'Banner extraction failed: The banner plan has no banner groups. Start each group with a line "Banner group: <name>".',
  ],
  [
    'Table processing failed',
    'Table processing failed: No variable of the data file has between 2 and 30 value labels.',
  ],
  ['Processing error', 'Processing error: The survey document could not be read.'],
] as const;

/** Of what awaits no review: mostly successes, some of every other kind. */
function otherStatuses(count: number): RunStatus[] {
  const unfinished = Math.min(mostUnfinished, Math.floor(count * 0.08));
  const resuming = Math.ceil(unfinished / 4);
  const share = (part: number): number => Math.floor(count * part);
  const statuses = [
    ...Array<RunStatus>(resuming).fill('resuming'),
    ...Array<RunStatus>(unfinished - resuming).fill('in_progress'),
    ...Array<RunStatus>(share(0.12)).fill('error'),
    ...Array<RunStatus>(share(0.13)).fill('cancelled'),
    ...Array<RunStatus>(share(0.05)).fill('partial'),
  ];
  return [...statuses, ...Array<RunStatus>(count - statuses.length).fill('success')];
}

/**
 * Plans the projects, oldest first; the same seed and time give the same plan.
 * @throws Error when more reviews are asked for than projects, or no bundle needs one.
 */
export function planSeed({ projects, pending, bundles, launchers, now, seed }: SeedRequest): SeedProject[] {
  if (pending > projects)
    throw new Error(
      `--pending ${pending} is more than --projects ${projects}. Ask for fewer reviews, or more projects.`,
    );
  const doubtful = bundles.filter(({ flagged }) => flagged.length > 0);
  if (pending > 0 && doubtful.length === 0)
    throw new Error('No bundle has a column that needs a review; --pending must be 0.');
  const pick = createPick(seed);
  const choose = <T>(list: readonly T[]): T => {
    const chosen = list[pick(list.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from: no bundles, or nobody who may launch.');
    return chosen;
  };

  const statuses = [...Array<RunStatus>(pending).fill('pending_review'), ...otherStatuses(projects - pending)];
  const planned = statuses.map((status): SeedProject => {
    // Whoever is busy now was launched just now; a review may have waited for a day or two.
    const age =
      status === 'in_progress' || status === 'resuming'
        ? pick(4 * 60_000)
        : status === 'pending_review'
          ? pick(2 * dayMs)
          : 10 * 60_000 + pick(oldestMs);
    const createdAt = now - age;
    const bundle =
      status === 'pending_review' || (status === 'resuming' && doubtful.length > 0)
        ? choose(doubtful)
        : choose(bundles);
    const config = projectConfigSchema.parse({
      theme: choose(themes),
      displayMode: choose(['frequency', 'frequency', 'counts', 'both']),
      bannerMode: bundle.files.some(({ role }) => role === 'banner') ? 'upload' : 'auto_generate',
    });
    return {
      name: studyName(pick, createdAt),
      createdAt,
      config,
      bundle,
      session: choose(launchers),
      run: planRun(status, bundle, createdAt, pick),
    };
  });
  return planned.sort((a, b) => a.createdAt - b.createdAt);
}

function planRun(
  status: RunStatus,
  bundle: PreparedBundle,
  createdAt: number,
  pick: (below: number) => number,
): SeedProject['run'] {
  const inputs = bundle.files.map(({ name }) => name);
  const dataset = (inputs[0] ?? 'study').replace(/\.sav$/i, '');
  const base: RunResult = { pipelineId: `seeded-${createdAt}`, outputDir: `runs/seeded-${createdAt}`, dataset };
  const waiting: RunResult = {
    ...base,
    flaggedColumnCount: bundle.flagged.length,
    reviewState: {
      status: 'awaiting_review',
      flaggedColumns: bundle.flagged,
      pathBStatus: 'running',
      pathCStatus: 'completed',
      totalColumns: bundle.columns,
    },
  };
  const common = { cancelRequested: false };
  switch (status) {
    case 'in_progress':
      return { ...common, status, stage: 'uploading', progress: 0, message: 'Starting pipeline...' };
    case 'resuming':
      return {
        ...common,
        status,
        stage: 'applying_review',
        progress: 55,
        message: 'Applying review decisions...',
        result: waiting,
      };
    case 'pending_review':
      return {
        ...common,
        status,
        stage: 'crosstab_review_required',
        progress: 50,
        message: `Review required - ${bundle.flagged.length} columns need mapping verification`,
        result: waiting,
      };
    case 'cancelled':
      return {
        cancelRequested: true,
        status,
        stage: 'cancelled',
        progress: 100,
        message: 'Pipeline cancelled by user',
      };
    case 'error': {
      const [message, error] = failures[pick(failures.length)] ?? failures[0];
      return { ...common, status, stage: 'error', progress: [10, 15, 60][pick(3)] ?? 10, message, error };
    }
    case 'success':
    case 'partial': {
      const durationMs = 150_000 + pick(3_300_000);
      const { tables, columns, groups } = bundle;
      const message =
        status === 'success'
          ? `Complete! Generated ${tables} crosstab tables in ${Math.round(durationMs / 1000)}s`
          : `Generated ${tables} tables but file upload failed — contact support.`;
      // Nothing was computed, so there is no workbook to download: the page says that there are no output files.
      return {
        ...common,
        status,
        stage: 'complete',
        progress: 100,
        message,
        result: {
          ...base,
          summary: { tables, cuts: columns, bannerGroups: groups, durationMs },
          r2Files: { inputs, outputs: [] },
        },
      };
    }
  }
}
