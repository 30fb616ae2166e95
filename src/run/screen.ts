/** The screen on which a headed run lays out its windows: as large as SCREEN says, else as the browser knows it. */
import type { Browser } from '@playwright/test';
import { handOn, received, type Settings } from './settings.ts';

export interface Screen {
  /** In pixels as the desktop counts them, which on a fine screen are several of the screen's own. */
  readonly width: number;
  readonly height: number;
  /** How many of the screen's own pixels one of those is wide. */
  readonly density: number;
}

/** Asks a headed browser that draws itself as large as usual for its screen, for the workers to come. */
export async function rememberScreen(browser: Browser): Promise<void> {
  // A page with a viewport of its own is told that the screen is that large.
  const context = await browser.newContext({ viewport: null });
  try {
    const page = await context.newPage();
    const screen = await page.evaluate(() => ({
      width: window.screen.availWidth,
      height: window.screen.availHeight,
      density: window.devicePixelRatio,
    }));
    handOn('screen', JSON.stringify(screen));
  } finally {
    await context.close();
  }
}

/** The screen of this run. @throws when nobody has asked for it. */
export function screenFor({ SCREEN }: Pick<Settings, 'SCREEN'>): Screen {
  const known = received('screen');
  if (known === undefined) throw new Error('The preflight did not ask the browser for its screen.');
  return { ...(JSON.parse(known) as Screen), ...SCREEN };
}
