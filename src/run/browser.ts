/**
 * The browser of a process: each worker opens one of its own, for all the analysts it carries. One for the whole run would
 * need less memory, but every command and answer would pass through a second Node process: a third more of its CPU.
 */
import { chromium, type Browser } from '@playwright/test';
import { findBrowser, noBrowserAdvice } from '../../scripts/lib/browser.mjs';
import { ConfigurationError } from './configuration-error.ts';
import { inTemporaryFolder } from './settings.ts';

/**
 * Opens a browser. A Ctrl-C leaves it running, because the journeys' ends still need it; when this process is gone, the
 * browser's pipe closes and it ends.
 * @throws ConfigurationError when there is no browser that starts.
 */
export async function openBrowser({
  headed,
  browser,
  scale,
}: {
  headed: boolean;
  browser: string | undefined;
  /** How many of the screen's own pixels it draws one of its pixels with; left to the desktop where there is none. */
  scale?: number;
}): Promise<Browser> {
  const found = await findBrowser({ headed, ...(browser === undefined ? {} : { browser }) });
  if (!found) throw new ConfigurationError(noBrowserAdvice);
  try {
    return await inTemporaryFolder(() =>
      chromium.launch({
        ...(found.executablePath === undefined ? {} : { executablePath: found.executablePath }),
        headless: !headed,
        args: scale === undefined ? found.args : [...found.args, `--force-device-scale-factor=${scale}`],
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        timeout: 60_000,
      }),
    );
  } catch (cause) {
    const why =
      cause instanceof Error
        ? (cause.message.split('\n').find((line) => /missing x server|cannot open display|\$DISPLAY/i.test(line)) ??
          cause.message.split('\n')[0])
        : String(cause);
    const advice = headed
      ? 'A headed browser needs a screen: leave out --headed, or start under xvfb-run.'
      : 'Set BROWSER to another one.';
    throw new ConfigurationError(`The browser ${found.description} does not start (${why}). ${advice}`, { cause });
  }
}
