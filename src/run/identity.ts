/** Who this run is: its id, the prefix of everything it makes, and its folder. */
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { handOn, received, type Settings } from './settings.ts';

export interface RunIdentity {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly shard: number | undefined;
  /** Prefix of project names, without the separator. */
  readonly prefix: string;
  /** Absolute path of the results folder of this run. */
  readonly folder: string;
}

/** What the product puts between prefix and the rest, and matches on in its cleanup: space, em dash (U+2014), space. */
export const separator = ' — ';

/** Seconds from 1970 to 2020, from which run ids count. */
export const secondsAt2020 = 1_577_836_800;

/** A short id of [a-z0-9] that sorts by time: seconds since 2020 in base 36 (six places until 2088), and two random places. */
export function newRunId(nowMs: number, random: number = randomInt(36 ** 2)): string {
  const seconds = Math.floor(nowMs / 1000) - secondsAt2020;
  return seconds.toString(36).padStart(6, '0') + random.toString(36).padStart(2, '0');
}

/** `Muster <yyyy-mm-dd> <runId>[ s<shard>]`, in UTC so that every shard agrees. */
export function prefixOf(runId: string, startedAt: number, shard: number | undefined): string {
  const day = new Date(startedAt).toISOString().slice(0, 10);
  return `Muster ${day} ${runId}${shard === undefined ? '' : ` s${shard}`}`;
}

/** The name of an analyst's project; `loop` counts from 1 and shows from 2 on. */
export function projectName(prefix: string, analyst: string, bundle: string, loop = 1): string {
  return `${prefix}${separator}${analyst} ${bundle}${loop > 1 ? ` ${loop}` : ''}`;
}

/** Whether a listed project is this run's own. */
export function isOurs(name: string, prefix: string): boolean {
  return name.startsWith(prefix + separator);
}

/** `analyst-01`, …; wider when there are more than 99. `index` counts from 0. */
export function analystId(index: number, analysts: number): string {
  return `analyst-${String(index + 1).padStart(Math.max(2, String(analysts).length), '0')}`;
}

/** The number in `--shard=2/5` or `--shard 2/5`; undefined without. */
export function shardOf(argv: readonly string[]): number | undefined {
  const at = argv.findIndex((argument) => argument === '--shard' || argument.startsWith('--shard='));
  const value = at < 0 ? undefined : argv[at]?.includes('=') ? argv[at].split('=')[1] : argv[at + 1];
  const number = Number.parseInt(value ?? '', 10);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** This run's identity: made up by the first process that asks, and handed on to the workers. */
export function runIdentity(settings: Settings): RunIdentity {
  if (received('runId') === undefined) {
    const now = Date.now();
    handOn('runId', settings.RUN_ID ?? newRunId(now));
    handOn('startedAt', String(now));
    const shard = shardOf(process.argv);
    if (shard !== undefined) handOn('shard', String(shard));
  }
  const runId = received('runId') ?? '';
  const startedAt = Number(received('startedAt'));
  const shardText = received('shard');
  const shard = shardText === undefined ? undefined : Number(shardText);
  const folderName = shard === undefined ? runId : `${runId}-s${shard}`;
  return {
    runId,
    startedAt,
    shard,
    prefix: prefixOf(runId, startedAt, shard),
    folder: path.resolve(settings.RESULTS_DIR, folderName),
  };
}
