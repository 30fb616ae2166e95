/** What cannot be cleaned is not begun: the admin of an organisation sees its list, and the product lets them delete. */
import type { Browser } from '@playwright/test';
import type { Account } from '../../run/accounts.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';
import type { Problems } from '../../run/preflight/problems.ts';
import { openAdmin } from '../admin.ts';

export interface AdminTrial {
  readonly browser: Browser;
  readonly baseUrl: string;
  readonly account: Account;
  /** The prefix of this run, which no project has yet. */
  readonly prefix: string;
  readonly timeoutMs: number;
}

/** Adds to the problems what is wrong. Whether the product deletes by prefix; undefined when that could not be asked. */
export async function tryAdmin(
  problems: Problems,
  { browser, baseUrl, account, prefix, timeoutMs }: AdminTrial,
): Promise<boolean | undefined> {
  return problems.of(async () => {
    const opened = await openAdmin(browser, baseUrl, account, timeoutMs);
    try {
      return await opened.mayDelete(prefix, Date.now() + timeoutMs);
    } catch (cause) {
      throw new ConfigurationError(
        `${account.email} may not delete projects of ${account.organization} (${cause instanceof Error ? cause.message : String(cause)}), and nothing is begun that cannot be deleted: give an account that is an admin there.`,
        { cause },
      );
    } finally {
      await opened.close();
    }
  });
}
