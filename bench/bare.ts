/** A process: the same journey for all analysts in one browser and one process, with nobody watching. The least that real browsers can need. */
import { setTimeout as sleep } from 'node:timers/promises';
import { viewport } from '../fixtures/windows.ts';
import { openBrowser } from './browser.ts';
import { perform, readUnwatchedCast } from './unwatched.ts';

const cast = await readUnwatchedCast();
const { settings, target, parts } = cast;
const { browser } = await openBrowser();

let missing = parts.length;
let open: () => void = () => undefined;
const everybody = new Promise<void>((resolve) => (open = resolve));
const arrived = (): void => {
  missing -= 1;
  if (missing === 0) open();
};

try {
  const ends = await Promise.allSettled(
    parts.map(async (part) => {
      let there = false;
      const arrive = (): void => {
        if (!there) arrived();
        there = true;
      };
      try {
        await sleep(part.index * settings.SIGN_IN_STAGGER_MS);
        const context = await browser.newContext({ baseURL: target.baseUrl, viewport });
        await perform(cast, part, await context.newPage(), {
          line: () => {
            arrive();
            return everybody;
          },
        });
        await context.close();
      } finally {
        arrive(); // Whoever failed before the line is not waited for there.
      }
    }),
  );
  for (const end of ends) if (end.status === 'rejected') console.error(end.reason);
  process.exitCode = ends.every(({ status }) => status === 'fulfilled') ? 0 : 1;
} finally {
  await browser.close();
}
