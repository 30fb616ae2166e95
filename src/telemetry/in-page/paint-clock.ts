/** When the browser presented what was just put on the page. Runs in the page: it stands alone. */
import type { House } from './house.ts';

/**
 * Takes what is to be told, once, of the frame that shows the page as it is now: when the browser presented it (by the page's
 * clock), or an estimate of that where the browser does not say.
 */
export type WhenPainted = (tell: (paintedAt: number, estimated: boolean) => void) => void;

/**
 * A mark that nobody sees is painted in the same frame, and Element Timing tells when that frame was presented. It tells of an
 * element's first paint only, so that asking it about elements of the page would miss each text that merely changes.
 *
 * The estimate is the first task after the frame: 3 ms too early on an idle machine, and off by tens of milliseconds to
 * either side on a busy one.
 */
export function openPaintClock(house: House): WhenPainted {
  interface Frame {
    readonly tells: ((paintedAt: number, estimated: boolean) => void)[];
    readonly mark: HTMLElement;
    presentedAt?: number;
    /** Of the first task after it. */
    taskAt?: number;
  }
  const supported = PerformanceObserver.supportedEntryTypes.includes('element');
  const frames: Frame[] = [];
  let next: Frame | undefined;
  let count = 0;
  const spent: HTMLElement[] = [];

  const close = (howMany: number): void => {
    for (const { tells, mark, presentedAt, taskAt } of frames.splice(0, howMany)) {
      spent.push(mark);
      const paintedAt = presentedAt ?? taskAt;
      if (paintedAt !== undefined) for (const tell of tells) tell(paintedAt, presentedAt === undefined);
    }
  };
  const hear = (entries: readonly PerformanceEntry[]): void => {
    for (const entry of entries as (PerformanceEntry & Record<string, unknown>)[]) {
      const frame = frames.find(({ mark }) => mark.getAttribute('elementtiming') === entry['identifier']);
      const at = entry['presentationTime'] ?? entry['renderTime'];
      if (frame && typeof at === 'number' && at > 0) frame.presentedAt = performance.timeOrigin + at;
    }
    // Frames are presented one after the other: nothing more is to be heard of an earlier one.
    close(frames.findLastIndex(({ presentedAt }) => presentedAt !== undefined) + 1);
  };
  const observer = new PerformanceObserver((list) => hear(list.getEntries()));
  if (supported) observer.observe({ type: 'element' });
  house.beforeDrain((last) => {
    hear(observer.takeRecords());
    if (last) close(frames.length);
  });

  const begin = (): Frame => {
    // Only now, because each change of the page costs a frame.
    for (const mark of spent.splice(0)) mark.remove();
    count += 1;
    const mark = document.createElement('div');
    mark.setAttribute('elementtiming', `muster-${count}`);
    mark.setAttribute('aria-hidden', 'true');
    mark.textContent = '.';
    // Of what is quite transparent nothing is told.
    mark.style.cssText =
      'position:fixed;left:0;top:0;margin:0;font:1px/1px monospace;color:rgb(0 0 0/.01);pointer-events:none';
    if (supported) document.documentElement.append(mark);
    const frame: Frame = { tells: [], mark };
    frames.push(frame);
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      port2.close();
      frame.taskAt = house.now();
      if (!supported) close(frames.indexOf(frame) + 1);
    };
    requestAnimationFrame(() => {
      // What changes from here on may be in this frame or in the one after it: it has a mark of its own.
      next = undefined;
      port1.postMessage(undefined);
    });
    return frame;
  };
  return (tell) => {
    next ??= begin();
    next.tells.push(tell);
  };
}
