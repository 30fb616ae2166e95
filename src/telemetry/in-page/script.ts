/** Puts the page's side together: one text, for `addInitScript`, that runs before anything else in each document. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { watchArrivals } from './arrivals.ts';
import { watchDrift } from './drift.ts';
import { frameKey } from './frame-key.ts';
import { openHouse, openLodge } from './house.ts';
import { watchLongFrames } from './long-frames.ts';
import type { PageConfig } from './messages.ts';
import { openPaintClock } from './paint-clock.ts';
import { watchPrompts } from './prompts.ts';
import { watchRequests } from './requests.ts';
import { watchScreen } from './screen.ts';
import { watchSockets } from './sockets.ts';
import { reportVitals } from './vitals.ts';

/** The script for every document of a context: in frames it watches the sockets, in the blank page before the first nothing. */
export function pageScript(config: PageConfig): string {
  // The transpiler of `tsx` names functions through a helper of its module, which the page lacks.
  return `(() => {
const __name = (target) => target;
const frameKey = ${frameKey.toString()};
if (window !== window.top) return (${watchSockets.toString()})((${openLodge.toString()})(), frameKey);
if (location.protocol === 'about:') return;
${webVitalsSource()}
const house = (${openHouse.toString()})();
try {
  (${watchSockets.toString()})(house, frameKey);
  const promptedAt = (${watchPrompts.toString()})(house);
  (${watchRequests.toString()})(house, promptedAt, ${JSON.stringify(config.origin)});
  const whenPainted = (${openPaintClock.toString()})(house);
  (${watchScreen.toString()})(house, ${JSON.stringify(config)}, whenPainted);
  (${watchArrivals.toString()})(house, promptedAt, whenPainted);
  (${reportVitals.toString()})(house, webVitals);
  (${watchDrift.toString()})(house, (${watchLongFrames.toString()})(house));
  house.seal();
} catch (error) {
  house.report({ type: 'trouble', message: 'the page could not be watched: ' + error });
}
})();`;
}

/** web-vitals' attribution build as a plain script; it defines `webVitals` where it stands. */
function webVitalsSource(): string {
  const entry = createRequire(import.meta.url).resolve('web-vitals/attribution');
  return readFileSync(path.join(path.dirname(entry), 'web-vitals.attribution.iife.js'), 'utf8').replace(
    /\n\/\/# sourceMappingURL=.*$/m,
    '',
  );
}
