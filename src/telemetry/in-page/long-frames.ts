/** Frames that kept the page from answering, and whose work they were. Runs in the page: it stands alone. */
import type { House } from './house.ts';

/** How much of a time the page's own work in long frames took; milliseconds of the page's clock. */
export type OwnWork = (from: number, to: number) => number;

/**
 * Stamps each long animation frame (over 50 ms), with the script that took most of it. Returns who is to blame for a
 * time: the page's own work is its scripts, and the style and layout at the frame's end. What the browser was asked to
 * do from outside (evaluations, this very script) is in no such list, and nor is a page that had to wait for the machine.
 */
export function watchLongFrames(house: House): OwnWork {
  interface Script extends PerformanceEntry {
    readonly invoker: string;
    readonly sourceURL: string;
    readonly sourceFunctionName: string;
  }
  interface LongFrame extends PerformanceEntry {
    readonly blockingDuration: number;
    /** 0 when the frame was not drawn. */
    readonly styleAndLayoutStart: number;
    readonly scripts: readonly Script[];
  }
  /** A late timer is judged within seconds: what was so many frames ago concerns none. */
  const kept = 100;
  const type = 'long-animation-frame';
  const epoch = performance.timeOrigin;
  let work: { from: number; to: number }[] = [];

  const hear = (entries: PerformanceEntryList): void => {
    for (const frame of entries as LongFrame[]) {
      const { startTime, duration, blockingDuration, styleAndLayoutStart, scripts } = frame;
      const end = startTime + duration;
      const own = scripts.map((script) => ({ from: script.startTime, to: script.startTime + script.duration }));
      if (styleAndLayoutStart > 0) own.push({ from: styleAndLayoutStart, to: end });
      work = [...work, ...own.map(({ from, to }) => ({ from: epoch + from, to: epoch + to }))].slice(-kept);
      const [worst] = [...scripts].sort((a, b) => b.duration - a.duration);
      house.stamp({
        type: 'long-frame',
        at: epoch + startTime,
        url: location.href,
        durationMs: duration,
        blockingMs: blockingDuration,
        ownMs: own.reduce((sum, { from, to }) => sum + to - from, 0),
        ...(worst && {
          script: {
            durationMs: worst.duration,
            invoker: worst.invoker.slice(0, 200),
            source: worst.sourceURL.slice(0, 300),
            name: worst.sourceFunctionName.slice(0, 100),
          },
        }),
      });
    }
  };
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return () => 0;
  const observer = new PerformanceObserver((list) => hear(list.getEntries()));
  observer.observe({ type, buffered: true });
  const look = (): void => hear(observer.takeRecords());
  house.beforeDrain(look);
  return (from, to) => {
    look();
    return work.reduce((sum, each) => sum + Math.max(0, Math.min(each.to, to) - Math.max(each.from, from)), 0);
  };
}
