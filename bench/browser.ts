/** The browser that a bench drives itself. */
import { chromium, type Browser } from '@playwright/test';
import { findBrowser, noBrowserAdvice } from '../scripts/lib/browser.mjs';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readSettings } from '../src/run/settings.ts';

/** Opens it without a window. @returns it with its name for a publication. @throws ConfigurationError when there is none. */
export async function openBrowser(): Promise<{ browser: Browser; name: string }> {
  const found = await findBrowser({ browser: readSettings().BROWSER });
  if (!found) throw new ConfigurationError(noBrowserAdvice);
  const browser = await chromium.launch({
    args: found.args,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...(found.executablePath === undefined ? {} : { executablePath: found.executablePath }),
  });
  const version = browser.version().split('.')[0] ?? '';
  const isShell = /shell/.test(found.executablePath ?? 'headless-shell');
  return { browser, name: `Chromium ${version}${isShell ? ' (headless shell)' : ''}` };
}
