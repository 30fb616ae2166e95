/** An analyst does once, before the run, what all of them will do in it; only that nothing is launched. */
import type { Browser } from '@playwright/test';
import type { ClockBounds } from '../../telemetry/clock.ts';
import type { Account } from '../../run/accounts.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';
import type { Problems } from '../../run/preflight/problems.ts';
import { DashboardPage } from '../pages/dashboard.ts';
import type { Door } from '../sign-in/door.ts';
import { LiveLook } from './live-look.ts';
import { askMayCreate } from './may-create.ts';
import { followOrigins, mustBeBack } from './origins.ts';

export interface AnalystTrial {
  readonly browser: Browser;
  /** The way in that the run's analysts will go. */
  readonly door: Door;
  readonly baseUrl: string;
  readonly account: Account;
  readonly timeoutMs: number;
  /** Whether the run will create anything as this analyst. */
  readonly creates: boolean;
  /** Takes bounds of this machine's clock minus the live server's. */
  readonly liveClock: ClockBounds;
}

export interface AnalystLook {
  /** Origins that the way in led over, the product's own left out. */
  readonly signInOrigins: readonly string[];
  /** Hosts of the live connections. */
  readonly liveHosts: readonly string[];
  /** What could not be found out, a sentence each. */
  readonly unknown: readonly string[];
}

/** Adds to the problems what is wrong; undefined when the account did not get in. */
export async function tryAnalyst(problems: Problems, trial: AnalystTrial): Promise<AnalystLook | undefined> {
  const { browser, door, baseUrl, account, timeoutMs } = trial;
  const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(timeoutMs);
  try {
    const page = await context.newPage();
    const origins = followOrigins(page);
    const live = new LiveLook(page, trial.liveClock);
    const entered = await problems.of(async () => {
      const how = await door.enter(page, account);
      mustBeBack(page, baseUrl, account.email);
      return how;
    });
    if (entered === undefined) return undefined;
    const [, , unknown] = await Promise.all([
      problems.of(() => dashboardShows(new DashboardPage(page), account.email)),
      problems.of(() => live.listsCome(account.email, timeoutMs)),
      trial.creates
        ? problems.of(() => askMayCreate(context, account, { timeoutMs, headers: door.headers(context) }))
        : undefined,
    ]);
    await door.leave(context, account, entered);
    const own = new URL(baseUrl).origin;
    return {
      signInOrigins: [...origins].filter((origin) => origin !== own),
      liveHosts: live.hosts,
      unknown: unknown === undefined ? [] : [unknown],
    };
  } finally {
    await context.close();
  }
}

async function dashboardShows(dashboard: DashboardPage, email: string): Promise<void> {
  try {
    await dashboard.isShown();
  } catch (cause) {
    throw new ConfigurationError(
      `The dashboard does not show its list to ${email}: open it by hand at /dashboard with that account, and see what is wrong.`,
      { cause },
    );
  }
}
