/** A run as the monitor shows it: its picture now, or as it was at its end. Reads the disk only while somebody looks. */
import { basename } from 'node:path';
import { LivePicture, type Picture } from '../report/live/picture.ts';
import { LiveTail } from '../report/live/tail.ts';
import { readRunFile, readSummary } from '../report/results.ts';
import type { Summary } from '../report/summary.ts';
import type { RunFile } from '../run/run-file.ts';

export interface Shown {
  readonly runId: string;
  readonly target: string;
  /** How many analysts take part. */
  readonly analysts: number;
  readonly startedAt: number;
  /** The time of the picture; of a run that is over, its end. Milliseconds since 1970. */
  readonly at: number;
  readonly picture: Picture;
  /** Once it is over. */
  readonly verdict?: { readonly verdict: string; readonly reasons: readonly string[] };
}

export class RunWatch {
  readonly #folder: string;
  readonly #tail: LiveTail;
  #run: RunFile | undefined;
  #live: LivePicture | undefined;

  /** `folder`: the run's folder of results. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#tail = new LiveTail(folder);
  }

  /** What there is to see; undefined while the run has not said what it is. */
  async look(now: number): Promise<Shown | undefined> {
    this.#run ??= await readRunFile(this.#folder);
    if (this.#run === undefined) return undefined;
    this.#live ??= new LivePicture(this.#run);
    this.#live.add(await this.#tail.read());
    const summary = await readSummary(this.#folder);
    const at = summary === undefined ? now : Date.parse(summary.endedAt);
    return {
      runId: basename(this.#folder),
      target: this.#run.target.kind === 'embedded' ? 'the embedded product' : this.#run.target.baseURL,
      analysts: this.#run.analysts,
      startedAt: Date.parse(this.#run.startedAt),
      at,
      picture: { ...this.#live.at(at), ...(summary === undefined ? {} : { generator: judged(summary) }) },
      ...(summary === undefined ? {} : { verdict: { verdict: summary.verdict, reasons: summary.reasons } }),
    };
  }
}

/** Of a run that is over the whole is judged, and no longer its last half minute. */
function judged({ generator: { invalidSeconds, judgedSeconds } }: Summary): Picture['generator'] {
  return { lateSeconds: invalidSeconds ?? 0, seconds: judgedSeconds ?? 0, cpu: undefined };
}
