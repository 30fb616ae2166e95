/** The matrix: what happens to a run, and where in its course. */
import { allKills, type Kill } from './kills.ts';

/** In a file of the run's results, the first sign that a stage has been reached; `*` stands for any analyst. */
export const stages = {
  'sign-in': { file: 'events/analyst-01.jsonl', text: '"phase":"begun"' },
  upload: { file: 'events/analyst-01.jsonl', text: '"name":"name-project"' },
  launch: { file: 'journal/analyst-01.jsonl', text: '"intended"' },
  review: { file: 'events/analyst-*.jsonl', text: '"name":"watch-to-review' },
  teardown: { file: 'run.json', text: '"startEpoch"' },
} as const;

export type StageName = keyof typeof stages;
export const allStages = Object.keys(stages) as StageName[];

export interface Cell {
  readonly kill: Kill;
  readonly stage: StageName;
  /** `attached`: to a sandbox of the matrix's own, into which it can look; `embedded`: to the one that the run starts. */
  readonly product: 'attached' | 'embedded';
}

/** All that can be struck: in the teardown there are no workers any more. */
export const allCells: readonly Cell[] = [
  ...allKills.flatMap((kill) =>
    allStages
      .filter((stage) => !(kill === 'worker killed' && stage === 'teardown'))
      .map((stage): Cell => ({ kill, stage, product: 'attached' })),
  ),
  ...(['runner killed', 'Ctrl-C twice', 'product killed', 'CI cancels'] as const).flatMap((kill) =>
    (['launch', 'teardown'] as const).map((stage): Cell => ({ kill, stage, product: 'embedded' })),
  ),
];

/** A key. */
export function nameOf({ kill, stage, product }: Cell): string {
  return `${kill} at ${stage}${product === 'embedded' ? ', embedded' : ''}`;
}

/** Those that every test of the project plays: each stage, and each way to end a run that goes another way through the code. */
export const shortForm: readonly Cell[] = [
  { kill: 'stop file', stage: 'sign-in', product: 'attached' },
  { kill: 'Ctrl-C', stage: 'upload', product: 'attached' },
  { kill: 'disk full', stage: 'launch', product: 'attached' },
  { kill: 'runner killed', stage: 'launch', product: 'embedded' },
  { kill: 'runner killed', stage: 'review', product: 'attached' },
  { kill: 'SIGTERM', stage: 'review', product: 'attached' },
  { kill: 'Ctrl-C twice', stage: 'launch', product: 'attached' },
  { kill: 'CI cancels', stage: 'teardown', product: 'attached' },
];
