/** Doubles and small surveys for this room's tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Document, Packer, Paragraph } from 'docx';
import { writeSav, type SavCase, type SavDictionary, type SavVariable } from '../../datasets/sav/index.ts';
import {
  activeStatuses,
  projectConfigSchema,
  type ProjectConfig,
  type ReviewDecision,
  type RunRow,
  type RunStatus,
} from '../contract.ts';
import type { RunPatch, Store, StoredFile } from '../ports.ts';

/** A fresh folder, removed after the test. */
export async function temporaryFolder(context: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-pipeline-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A `.docx` with one paragraph a line. */
export async function writeDocx(path: string, lines: readonly string[]): Promise<void> {
  const document = new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] });
  await writeFile(path, await Packer.toBuffer(document));
}

export const nominal = (
  name: string,
  label: string,
  answers: readonly string[],
  extra: Partial<SavVariable> = {},
): SavVariable => ({
  name,
  width: 0,
  label,
  valueLabels: answers.map((answer, index) => ({ value: index + 1, label: answer })),
  ...extra,
});

/** A survey of a café chain: gender, region, age, frequency of visits, a 3-item multiple response, a weight. */
export const cafeDictionary: SavDictionary = {
  variables: [
    { name: 'RESPID', width: 0, label: 'Respondent ID' },
    nominal('GENDER', 'Gender', ['Male', 'Female']),
    nominal('REGION', 'Region of residence', ['North', 'South', 'East']),
    { name: 'AGE', width: 0, label: 'Age in years' },
    {
      ...nominal('VISITS', 'How often do you visit a café?', [
        'Heavy user: daily',
        'Medium user: weekly',
        'Light user: monthly',
        'Never',
      ]),
      missing: { values: [99] },
      valueLabels: [
        { value: 1, label: 'Heavy user: daily' },
        { value: 2, label: 'Medium user: weekly' },
        { value: 3, label: 'Light user: monthly' },
        { value: 4, label: 'Never' },
        { value: 99, label: "Don't know" },
      ],
    },
    nominal('DRINK_1', 'Espresso', ['Selected']),
    nominal('DRINK_2', 'Filter coffee', ['Selected']),
    nominal('DRINK_3', 'Tea', ['Selected']),
    { name: 'WEIGHT', width: 0, label: 'Weighting factor' },
  ],
  multipleResponseSets: [
    {
      name: '$DRINKS',
      label: 'Drinks bought in the last week',
      kind: 'dichotomies',
      countedValue: '1',
      variables: ['DRINK_1', 'DRINK_2', 'DRINK_3'],
    },
  ],
};

/** Cases of the café survey, the same for the same count. */
export function* cafeCases(count: number): Generator<SavCase> {
  for (let i = 0; i < count; i++) {
    const gender = 1 + (i % 2);
    const visits = i % 20 === 19 ? 99 : i % 10 === 9 ? null : 1 + ((i * 7 + (i >> 2) * gender) % 4);
    const asked = i % 5 !== 4;
    yield [
      i + 1,
      gender,
      1 + (i % 3),
      18 + ((i * 13) % 60),
      visits,
      asked ? i % 2 : null,
      asked ? (i >> 1) % 2 : null,
      asked ? 0 : null,
      0.5 + ((i * 3) % 5) * 0.25,
    ];
  }
}

export const clearPlan = [
  'Banner plan',
  '',
  'Banner group: Gender',
  'Male: GENDER=1',
  'Female: GENDER=2',
  '',
  'Banner group: Age',
  '18 to 34: AGE=18-34',
  '35 and over: AGE>=35',
];
export const doubtfulPlan = [
  ...clearPlan,
  '',
  'Banner group: Usage',
  'Heavy users: Heavy users',
  'North: REGIO=1',
  'Buyers: TBD',
];

/** Writes the café survey with its documents, as uploads of a project. */
export async function cafeFiles(
  folder: string,
  options: { cases?: number; plan?: readonly string[] } = {},
): Promise<StoredFile[]> {
  const path = (name: string): string => join(folder, name);
  await writeSav(path('cafe.sav'), cafeDictionary, cafeCases(options.cases ?? 200));
  await writeDocx(path('cafe-survey.docx'), ['Café survey', 'VISITS. How often do you visit a café, if at all?']);
  const files: StoredFile[] = [
    { role: 'data', name: 'cafe.sav', path: path('cafe.sav') },
    { role: 'survey', name: 'cafe-survey.docx', path: path('cafe-survey.docx') },
  ];
  if (options.plan) {
    await writeDocx(path('cafe-banner.docx'), options.plan);
    files.push({ role: 'banner', name: 'cafe-banner.docx', path: path('cafe-banner.docx') });
  }
  return files;
}

/** Just enough of a store: one organisation, guarded transitions, a history of what each run went through. */
export class FakeStore implements Pick<Store, 'runs' | 'projects'> {
  readonly rows = new Map<string, RunRow>();
  readonly history = new Map<string, RunRow[]>();
  private readonly files = new Map<string, readonly StoredFile[]>();
  private readonly configs = new Map<string, ProjectConfig>();
  private readonly kept = new Map<string, ReviewDecision[]>();
  private readonly listeners = new Set<() => void>();
  readonly deleted = new Set<string>();

  /** Creates a project with a run of that id, as a launch does. */
  add(
    runId: string,
    files: readonly StoredFile[],
    config: Partial<ProjectConfig> = {},
    status: RunStatus = 'in_progress',
  ): void {
    const at = Date.now() + this.rows.size;
    this.files.set(runId, files);
    this.configs.set(runId, projectConfigSchema.parse(config));
    const row: RunRow = {
      _id: runId,
      _creationTime: at,
      projectId: runId,
      orgId: 'org',
      launchedBy: 'user',
      status,
      stage: 'uploading',
      progress: 0,
      message: 'Starting pipeline...',
      cancelRequested: false,
    };
    this.rows.set(runId, row);
    this.history.set(runId, [row]);
  }

  /** Resolves with the row as soon as `accept` likes it. */
  when(runId: string, accept: (row: RunRow) => boolean): Promise<RunRow> {
    return new Promise((resolve) => {
      const check = (): void => {
        const row = this.rows.get(runId);
        if (row && accept(row)) {
          this.listeners.delete(check);
          resolve(row);
        }
      };
      this.listeners.add(check);
      check();
    });
  }

  status(runId: string, ...statuses: RunStatus[]): Promise<RunRow> {
    return this.when(runId, (row) => statuses.includes(row.status));
  }

  readonly runs: Store['runs'] = {
    get: (runId) => this.rows.get(runId),
    transition: (runId, from, patch) => this.transition(runId, from, patch),
    takeReview: (runId, decisions) => {
      this.kept.set(runId, [...decisions]);
      return this.transition(runId, ['pending_review'], { status: 'resuming' }) !== undefined;
    },
    decisions: (runId) => this.kept.get(runId),
    unfinished: () =>
      [...this.rows.values()].filter(({ status }) => activeStatuses.includes(status) && status !== 'pending_review'),
    addFeedback: () => undefined,
  };

  readonly projects: Store['projects'] = {
    get: (projectId) => {
      const config = this.configs.get(projectId);
      if (!config) return undefined;
      const intake = {
        dataFile: null,
        survey: null,
        bannerPlan: null,
        messageList: null,
        bannerMode: config.bannerMode,
      };
      return {
        _id: projectId,
        _creationTime: 0,
        orgId: 'org',
        name: `Project ${projectId}`,
        projectType: 'crosstab',
        config,
        intake,
        createdBy: 'user',
      };
    },
    filesOf: (projectId) => [...(this.files.get(projectId) ?? [])],
    hasName: () => false,
    create: () => 'name-taken',
    begin: () => 'name-taken',
    launch: () => {
      throw new Error('This store makes runs by `add`.');
    },
    softDelete: () => false,
    deleted: () => [],
    restore: () => false,
    withPrefix: () => [],
    runsOf: () => [],
  };

  private transition(runId: string, from: readonly RunStatus[], patch: RunPatch): RunRow | undefined {
    const row = this.rows.get(runId);
    if (!row || this.deleted.has(runId) || !from.includes(row.status)) return undefined;
    const { result, ...fields } = patch;
    const merged: Record<string, unknown> = { ...row.result, ...result };
    for (const key of Object.keys(merged)) if (merged[key] === null) delete merged[key];
    const next: RunRow = { ...row, ...fields, result: merged };
    this.rows.set(runId, next);
    this.history.get(runId)?.push(next);
    for (const listener of [...this.listeners]) listener();
    return next;
  }
}
