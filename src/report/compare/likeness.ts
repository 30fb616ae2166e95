/** Whether two runs can be compared at all: in what they differ besides the product. */
import { createHash } from 'node:crypto';
import type { RunFile } from '../../run/run-file.ts';

export interface Side {
  run: RunFile;
  /** Why its figures say nothing about the product; empty when they do. */
  broken: readonly string[];
}

/** One sentence for each way in which the runs are unlike, so that a difference may not be the product's; empty when they are alike. */
export function differences(a: Side, b: Side): string[] {
  const told = ASPECTS.flatMap(([what, of]) => {
    const [first, second] = [of(a), of(b)];
    return first === second ? [] : [`${what}: ${first} and ${second}.`];
  });
  return [...told, ...[a, b].flatMap(({ run, broken }) => broken.slice(0, 1).map((why) => `${run.runId}: ${why}`))];
}

/** A short name that runs share exactly when they are alike in all of that, whether their figures are to be believed or not. */
export function kindOf(run: RunFile): string {
  const aspects = ASPECTS.map(([, of]) => of({ run, broken: [] }));
  return createHash('sha256').update(JSON.stringify(aspects)).digest('hex').slice(0, 8);
}

const setting =
  (name: string, fallback: string) =>
  ({ run }: Side) =>
    text(run.settings[name] ?? fallback);

const ASPECTS: readonly (readonly [string, (side: Side) => string])[] = [
  ['The profiles differ', ({ run }) => run.profile],
  ['The targets differ', ({ run }) => run.target.kind],
  ['The machines differ', ({ run }) => hostClass(run.host)],
  [
    'The bundles differ',
    ({ run }) =>
      run.bundles
        ?.map(({ name }) => name)
        .sort()
        .join(', ') ?? 'unknown',
  ],
  ['The numbers of analysts differ', ({ run }) => String(run.analysts)],
  ['The analysts in a worker differ', setting('PER_WORKER', '1')],
  ['The journeys differ', setting('JOURNEY', 'whole')],
  ['The ramps differ', setting('RAMP_S', '0')],
  ['The think times differ', setting('THINK_S', '0')],
  ['Where journeys end differs', setting('UNTIL', 'done')],
  ['Who reviews differs', setting('REVIEW', 'auto')],
];

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown';
}

/** Kind of system, cores, processor, memory in whole gibibytes: not the version of its kernel. */
function hostClass(host: RunFile['host']): string {
  const memory =
    typeof host['memoryBytes'] === 'number' ? `${Math.round(host['memoryBytes'] / 2 ** 30)} GiB` : 'unknown';
  return [text(host['platform']).split(' ')[0], `${text(host['cpus'])} cores`, text(host['cpu']), memory].join(', ');
}
