/** Follows a run while it lasts, and shows it. */
import { LivePicture } from '../live/picture.ts';
import { LiveTail } from '../live/tail.ts';
import { readRunFile } from '../results.ts';
import type { ProgressView } from './progress.ts';

export interface Followed {
  readonly runFolder: string;
  /** How many analysts were asked to work. */
  readonly analysts: number;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
}

/** Renews the view every so many milliseconds, until the function it returns is called. What goes wrong with that is said, once. */
export function follow({ runFolder, analysts, begunAt }: Followed, view: ProgressView, periodMs: number): () => void {
  const tail = new LiveTail(runFolder);
  let picture: LivePicture | undefined;
  let reading = false;
  let over = false;
  const renew = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      // Set-up writes it before there is anything to see.
      const run = picture ? undefined : await readRunFile(runFolder);
      if (run) picture = new LivePicture(run);
      picture?.add(await tail.read());
    } finally {
      reading = false;
    }
    const now = Date.now();
    if (!over && picture) view.update({ picture: picture.at(now), analysts, elapsedMs: now - begunAt });
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => {
      stop();
      view.say(`No progress is shown any more: ${error instanceof Error ? error.message : String(error)}`);
    });
  }, periodMs);
  timer.unref();
  const stop = (): void => {
    over = true;
    clearInterval(timer);
  };
  return stop;
}
