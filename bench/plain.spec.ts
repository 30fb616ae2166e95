/** The same journey with Playwright's own page: one test an analyst. */
import { test } from '@playwright/test';
import { perform, readUnwatchedCast } from './unwatched.ts';

const cast = await readUnwatchedCast();

for (const part of cast.parts) {
  test(part.analyst, async ({ page }) => {
    await perform(cast, part, page);
  });
}
