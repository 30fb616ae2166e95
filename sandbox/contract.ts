/**
 * What the sandbox's rooms and its web pages share: rows as the live queries return them, the project configuration,
 * review columns and decisions. Shapes follow PRODUCT.md sections 2, 3 and 8.
 */
import { z } from 'zod';

export const runStatuses = [
  'in_progress',
  'pending_review',
  'resuming',
  'success',
  'partial',
  'error',
  'cancelled',
] as const;
export type RunStatus = (typeof runStatuses)[number];
export const activeStatuses: readonly RunStatus[] = ['in_progress', 'pending_review', 'resuming'];

export const roles = ['admin', 'member', 'external_partner'] as const;
export type Role = (typeof roles)[number];
export const roleLabels: Record<Role, string> = { admin: 'Admin', member: 'Member', external_partner: 'Partner' };

export const themes = ['classic', 'coastal', 'blush', 'tropical', 'bold', 'earth'] as const;
export type Theme = (typeof themes)[number];

/** The `config` field of a launch; every field has the product's default. */
export const projectConfigSchema = z.object({
  projectSubType: z.enum(['standard', 'segmentation']).default('standard'),
  segmentAssignments: z.boolean().default(false),
  bannerMode: z.enum(['upload', 'auto_generate']).default('upload'),
  researchObjectives: z.string().max(5000).default(''),
  bannerNotes: z.string().max(5000).default(''),
  format: z.literal('joe').default('joe'),
  displayMode: z.enum(['frequency', 'counts', 'both']).default('frequency'),
  separateWorkbooks: z.boolean().default(false),
  theme: z.enum(themes).default('classic'),
  statTesting: z
    .object({
      thresholds: z.array(z.number().min(50).max(99)).min(1).max(2).default([90]),
      minBase: z.number().int().min(0).default(0),
    })
    .prefault({}),
  weightVariable: z.string().nullable().default(null),
});
export type ProjectConfig = z.infer<typeof projectConfigSchema>;

/** A banner column that a person must look at. */
export interface FlaggedColumn {
  groupName: string;
  columnName: string;
  /** What the banner plan says; may be blank. */
  original: string;
  /** What was made of it; may be blank. */
  proposed: string;
  /** 0–1. */
  confidence: number;
  reasoning: string;
  userSummary: string;
  alternatives: { expression: string; rank: number; userSummary: string }[];
  uncertainties: string[];
  expressionType: 'direct_variable' | 'comparison' | 'conceptual_filter' | 'from_list' | 'placeholder';
}

export const reviewDecisionSchema = z.object({
  groupName: z.string(),
  columnName: z.string(),
  action: z.enum(['approve', 'select_alternative', 'provide_hint', 'edit', 'skip']),
  selectedAlternative: z.int().min(0).max(100).optional(),
  hint: z.string().max(1000).optional(),
  editedExpression: z.string().max(2000).optional(),
});
export const reviewPayloadSchema = z.object({ decisions: z.array(reviewDecisionSchema).min(1).max(500) });
export type ReviewDecision = z.infer<typeof reviewDecisionSchema>;

export interface ReviewState {
  status: 'awaiting_review' | 'approved';
  flaggedColumns: FlaggedColumn[];
  pathBStatus: 'running' | 'completed' | 'error';
  pathCStatus: 'running' | 'completed' | 'error';
  totalColumns: number;
}

export interface RunSummary {
  tables: number;
  cuts: number;
  bannerGroups: number;
  durationMs: number;
}

export interface FeedbackEntry {
  id: string;
  createdAt: string;
  rating: number;
  notes: string;
  tableIds: string[];
}

/** The xlsx names the product knows, with the labels of the project page. */
export const workbookFiles = {
  'crosstabs.xlsx': 'Crosstabs',
  'crosstabs-weighted.xlsx': 'Crosstabs (Weighted)',
  'crosstabs-unweighted.xlsx': 'Crosstabs (Unweighted)',
  'crosstabs-counts.xlsx': 'Crosstabs (Counts)',
  'crosstabs-weighted-counts.xlsx': 'Crosstabs (Weighted Counts)',
} as const;
export type WorkbookFile = keyof typeof workbookFiles;

export interface RunResult {
  pipelineId?: string;
  dataset?: string;
  outputDir?: string;
  reviewUrl?: string;
  flaggedColumnCount?: number;
  reviewState?: ReviewState;
  summary?: RunSummary;
  /** Names of the workbooks that can be downloaded. */
  r2Files?: { inputs: string[]; outputs: WorkbookFile[] };
  feedback?: FeedbackEntry[];
}

/** A row of `projects:listByOrg` and `projects:get`. Times are milliseconds since 1970. */
export interface ProjectRow {
  _id: string;
  _creationTime: number;
  orgId: string;
  name: string;
  projectType: 'crosstab';
  config: ProjectConfig;
  intake: {
    dataFile: string | null;
    survey: string | null;
    bannerPlan: string | null;
    messageList: string | null;
    bannerMode: ProjectConfig['bannerMode'];
  };
  createdBy: string;
}

/** A row of `runs:getByProject` (whole `result`) and `runs:listByOrg` (lean: `result` holds `summary` and `flaggedColumnCount` at most). */
export interface RunRow {
  _id: string;
  _creationTime: number;
  projectId: string;
  orgId: string;
  launchedBy: string;
  status: RunStatus;
  stage: string;
  /** 0–100, not monotonic. */
  progress: number;
  message: string;
  result?: RunResult;
  error?: string;
  cancelRequested: boolean;
  lastHeartbeat?: number;
}

/** An entry of GET /api/projects/deleted. Times are milliseconds since 1970. */
export interface DeletedProject {
  projectId: string;
  name: string;
  createdAt: number;
  deletedAt: number;
  /** The name of whoever did it; null for what was deleted before that was written down. */
  deletedBy: string | null;
}

/** A row of `organizations:get`. */
export interface OrganizationRow {
  _id: string;
  _creationTime: number;
  name: string;
  slug: string;
}

/** A row of `orgMemberships:listByOrg`, joined with its user. */
export interface MembershipRow {
  _id: string;
  _creationTime: number;
  orgId: string;
  userId: string;
  role: Role;
  email: string;
  name: string;
}

/** An entry of GET /api/invitations. Times are milliseconds since 1970. */
export interface PendingInvitation {
  invitationId: string;
  email: string;
  role: Role;
  /** The name of whoever invited. */
  invitedBy: string;
  createdAt: number;
  expiresAt: number;
  /** Whoever has it can accept the invitation, once. */
  link: string;
}

/** Who is signed in; the server puts it into every page as `window.__SESSION__`. */
export interface Session {
  userId: string;
  email: string;
  name: string;
  orgId: string;
  orgName: string;
  role: Role;
}

/** What the server tells a page beside its session, as `window.__PAGE__`. */
export interface PageSettings {
  /** Where the person signed in can change to. */
  otherOrganizations: { id: string; name: string }[];
  /** Milliseconds of work on each click on the dashboard. */
  clickWorkMs: number;
}

/** Answer of POST /api/validate-data. */
export interface ValidationResult {
  rowCount: number;
  columnCount: number;
  weightCandidates: { column: string; label: string; score: number; mean: number }[];
  isStacked: boolean;
  stackedWarning: string | null;
  loopSummary: { hasLoops: boolean; loopCount: number };
  errors: { message: string; severity: 'error' | 'warning' }[];
  canProceed: boolean;
}

const manifestFileSchema = z.object({
  filename: z.string().min(1).max(255),
  role: z.enum(['sav', 'survey', 'banner']),
  /** Of an object under `dev-test/`. */
  r2Key: z.string().startsWith('dev-test/').max(1024),
  sizeBytes: z.int().min(0),
});
/** The manifest of datasets for load tests: the object `dev-test/manifest.json`. */
export const datasetManifestSchema = z.object({
  version: z.literal(1),
  generatedAt: z.iso.datetime({ offset: true }),
  datasets: z.array(
    z.object({
      name: z.string().regex(/^\P{Cc}{1,200}$/u),
      ready: z.boolean(),
      hasBanner: z.boolean(),
      files: z.array(manifestFileSchema),
    }),
  ),
});
export type DatasetManifest = z.infer<typeof datasetManifestSchema>;
export type Dataset = DatasetManifest['datasets'][number];

/** How many launches of a load test are under way at once, at most. */
export const loadTestConcurrencies = [1, 3, 5, 10, 15] as const;

/** Answer of POST /api/dev/load-test/launch. Launches that the rate limit refused are among the errors. */
export interface LoadTestResult {
  launched: { dataset: string; projectId: string; runId: string; projectName: string }[];
  errors: { dataset: string; error: string }[];
  totalLaunched: number;
  totalErrors: number;
  rateLimitRejections: number;
}
