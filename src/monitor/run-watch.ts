/** A run as the monitor shows it: its picture now, or as it was at its end. Reads the disk only while somebody looks. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { figuresOfSummary } from '../report/live/figures.ts';
import { LivePicture, type Picture } from '../report/live/picture.ts';
import { LiveTail } from '../report/live/tail.ts';
import { pagePath, readRunFile, readSummary } from '../report/results.ts';
import type { Summary } from '../report/summary.ts';
import { standingOf } from '../run/processes.ts';
import type { RunFile } from '../run/run-file.ts';

/**
 * `under-way`; `over`: there is a verdict; `cleaning`: its runner is gone without one, and its reaper deletes what it made;
 * `gone`: its runner is gone without one; `silent`: it may be, for nothing has been heard for a long time.
 */
export type RunState = 'under-way' | 'over' | 'cleaning' | 'gone' | 'silent';

export interface Shown {
  readonly runId: string;
  readonly target: string;
  /** How many analysts take part. */
  readonly analysts: number;
  readonly startedAt: number;
  readonly state: RunState;
  /** The time of the picture; of a run that is over, its end; of one that is gone, its last word. Milliseconds since 1970. */
  readonly at: number;
  readonly picture: Picture;
  /** Once it is over. */
  readonly verdict?: { readonly verdict: string; readonly reasons: readonly string[] };
  /** Where its report is, once there is one. */
  readonly report?: string;
}

/** Whether a run's processes go on is looked at so often. */
const STANDING_MS = 5_000;
/** Health is told every second: who has said nothing for so long is not heard of any more. */
const SILENT_MS = 60_000;

export class RunWatch {
  readonly #folder: string;
  readonly #tail: LiveTail;
  #run: RunFile | undefined;
  #live: LivePicture | undefined;
  #standing: Exclude<RunState, 'over'> = 'under-way';
  #lookAgainAt = 0;

  /** `folder`: the run's folder of results. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#tail = new LiveTail(folder);
  }

  /** What there is to see; undefined while the run has not said what it is. Rejects when its folder is not there any more. */
  async look(now: number): Promise<Shown | undefined> {
    this.#run ??= await readRunFile(this.#folder);
    if (this.#run === undefined) return undefined;
    if (!(await isThere(join(this.#folder, 'run.json'))))
      throw new Error('The folder of its results was removed. This is what was there last.');
    this.#live ??= new LivePicture(this.#run);
    this.#live.add(await this.#tail.read());
    const summary = await this.#summary();
    const state = summary ? 'over' : await this.#stand(now);
    const at = summary ? Date.parse(summary.endedAt) : state === 'under-way' ? now : (this.#live.lastHeardAt ?? now);
    const picture = this.#live.at(at);
    return {
      runId: this.#run.runId,
      target: this.#run.target.kind === 'embedded' ? 'the embedded product' : this.#run.target.baseURL,
      analysts: this.#run.analysts,
      startedAt: Date.parse(this.#run.startedAt),
      state,
      at,
      picture: summary ? asJudged(picture, summary) : picture,
      ...(summary ? { verdict: { verdict: summary.verdict, reasons: summary.reasons } } : {}),
      ...(summary && (await isThere(pagePath(this.#folder))) ? { report: pagePath(this.#folder) } : {}),
    };
  }

  close(): void {
    this.#tail.close();
  }

  /** Its file is written whole: as soon as it is there. */
  async #summary(): Promise<Summary | undefined> {
    return (await isThere(join(this.#folder, 'summary.json'))) ? readSummary(this.#folder) : undefined;
  }

  async #stand(now: number): Promise<Exclude<RunState, 'over'>> {
    if (now < this.#lookAgainAt) return this.#standing;
    this.#lookAgainAt = now + STANDING_MS;
    const { state } = await standingOf(this.#folder);
    const isSilent = now - (this.#live?.lastHeardAt ?? now) > SILENT_MS;
    if (state === 'dead') this.#standing = 'gone';
    else if (state === 'cleaning') this.#standing = 'cleaning';
    else this.#standing = state !== 'alive' && isSilent ? 'silent' : 'under-way';
    return this.#standing;
  }
}

/** Of a run that is over the figures are those of its summary. */
function asJudged(picture: Picture, summary: Summary): Picture {
  const { figures, generator } = figuresOfSummary(summary);
  const { projects, sockets } = summary;
  return {
    ...picture,
    figures,
    generator,
    meanDurationMs: projects.meanDurationMs ?? undefined,
    lcpP75Ms: figures.lcp.ms,
    inpP75Ms: figures.inp.ms,
    freshnessP95Ms: figures.freshness.ms,
    sockets: {
      ...picture.sockets,
      opened: sockets.opened,
      reconnects: sockets.reconnects,
      abnormalCloses: sockets.abnormalCloses,
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
