/** One browser for the whole run: a server that every worker connects to, for a browser each would cost twice the memory. */
import { chromium, type BrowserServer } from '@playwright/test';
import { findBrowser, noBrowserAdvice } from '../../scripts/lib/browser.mjs';
import { ConfigurationError } from './configuration-error.ts';

/**
 * Starts the browser server. A Ctrl-C leaves it running, because teardown still needs it; when this process is gone,
 * the browser's pipe closes and it ends.
 * @throws ConfigurationError when there is no browser that starts.
 */
export async function startBrowser({
  headed,
  browser,
}: {
  headed: boolean;
  browser: string | undefined;
}): Promise<BrowserServer> {
  const found = await findBrowser({ headed, ...(browser === undefined ? {} : { browser }) });
  if (!found) throw new ConfigurationError(noBrowserAdvice);
  try {
    return await chromium.launchServer({
      ...(found.executablePath === undefined ? {} : { executablePath: found.executablePath }),
      headless: !headed,
      args: found.args,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 60_000,
      host: '127.0.0.1',
    });
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
