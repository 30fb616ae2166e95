/** When something was last asked of the page. Runs in the page: it stands alone. */
import type { House } from './house.ts';

/** The time of the last click, key, drop, or choice of a file; 0 for never. Milliseconds since 1970, by the page's clock. */
export type PromptedAt = () => number;

/** Listens before the page does, so that what the page does at once can be told from what it had been asked before. */
export function watchPrompts(house: House): PromptedAt {
  let promptedAt = 0;
  for (const type of ['pointerdown', 'click', 'keydown', 'drop'])
    addEventListener(
      type,
      (event) => {
        if (event.isTrusted) promptedAt = house.now();
      },
      { capture: true, passive: true },
    );
  addEventListener(
    'change',
    ({ target }) => {
      // An automated browser hands over files by an event of its own making, which is not trusted.
      if (target instanceof HTMLInputElement && target.type === 'file') promptedAt = house.now();
    },
    { capture: true, passive: true },
  );
  return () => promptedAt;
}
