/** A product that lets everybody in as the same user: there is no sign-in, and nothing to keep. */
import type { Page } from '@playwright/test';
import { loadDashboard, SessionOver } from './dashboard-first.ts';
import { untold, type Door, type Told, type Visitor } from './door.ts';
import type { Entered } from './session.ts';

export class BypassDoor implements Door {
  async enter(page: Page, _visitor: Visitor, told: Told = untold): Promise<Entered> {
    await told('sign-in-bypass', () => loadOpenDashboard(page));
    return { how: 'bypass', signedInAt: Date.now(), endsAt: undefined };
  }

  enterAnew(page: Page, visitor: Visitor, told?: Told): Promise<Entered> {
    return this.enter(page, visitor, told);
  }

  async comeBack(page: Page): Promise<undefined> {
    await loadOpenDashboard(page);
  }

  async renew(): Promise<Entered> {
    return { how: 'bypass', signedInAt: Date.now(), endsAt: undefined };
  }

  leave(): Promise<void> {
    return Promise.resolve();
  }

  headers(): Readonly<Record<string, string>> {
    return {};
  }
}

async function loadOpenDashboard(page: Page): Promise<void> {
  try {
    await loadDashboard(page);
  } catch (cause) {
    if (!(cause instanceof SessionOver)) throw cause;
    throw new Error(
      `${cause.message} With AUTH_MODE=bypass it must let everybody in: switch its bypass on, or set AUTH_MODE=hosted and give accounts.`,
      { cause },
    );
  }
}
