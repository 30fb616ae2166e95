/**
 * An admin of one organisation at work in a browser page of their own. The product has no route that lists projects, so
 * lists and statuses come from the page's live subscriptions; cancelling and deleting go by the product's own API.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIResponse, Browser, BrowserContext, Page } from '@playwright/test';
import type { Account } from '../run/accounts.ts';
import { OutOfTime, type ListedProject, type OrganizationAdmin } from '../run/cleanup.ts';
import { readSettings } from '../run/settings.ts';
import { followPage, isActive, type ProjectBoard } from './live/index.ts';
import type { Door } from './sign-in/door.ts';
import { openDoor } from './sign-in/open-door.ts';
import { leadsToSignIn } from './sign-in/session.ts';

const cleanupPath = '/api/dev/load-test/cleanup';
/** Shaped like an id of the product's, and nobody's. */
const nobodysId = 'j5'.padEnd(32, '0');

export interface SignedInAdmin extends OrganizationAdmin {
  /**
   * Asks the product to delete projects of a prefix that nobody has used yet, or, where it has no such route, one that is not
   * there. Whether it has. @throws when this account may not.
   */
  mayDelete(unusedPrefix: string, deadline: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Signs an admin in and waits for the first list. @throws when the account is refused or the list does not come. */
export async function openAdmin(
  browser: Browser,
  baseUrl: string,
  account: Account,
  timeoutMs: number,
): Promise<SignedInAdmin> {
  const door = openDoor(readSettings(), { baseUrl });
  const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(timeoutMs);
  try {
    const page = await context.newPage();
    const board = followPage(page);
    await door.enter(page, account);
    await board.waitFor(() => true, `The project list of ${account.organization}`, timeoutMs);
    return new AdminPage({ door, baseUrl, account, timeoutMs, context }, { page, board });
  } catch (error) {
    await context.close();
    throw error;
  }
}

interface Office {
  readonly door: Door;
  readonly baseUrl: string;
  readonly account: Account;
  readonly timeoutMs: number;
  readonly context: BrowserContext;
}

interface OpenPage {
  readonly page: Page;
  readonly board: ProjectBoard;
}

class AdminPage implements SignedInAdmin {
  readonly organization: string;
  readonly #office: Office;
  #page: Page;
  #board: ProjectBoard;

  constructor(office: Office, { page, board }: OpenPage) {
    this.organization = office.account.organization;
    this.#office = office;
    this.#page = page;
    this.#board = board;
  }

  list(): ListedProject[] {
    return this.#board.projects().map((project) => ({
      projectId: project.projectId,
      name: project.name,
      productRunId: project.runId,
      active: isActive(project),
    }));
  }

  async refresh(): Promise<void> {
    const { context, timeoutMs } = this.#office;
    await this.#page.close();
    this.#page = await context.newPage();
    this.#board = followPage(this.#page);
    await this.#comeBack();
    await this.#board.waitFor(() => true, `The project list of ${this.organization}`, timeoutMs);
  }

  async cancel(productRunId: string, deadline: number): Promise<void> {
    await this.#ask('POST', `/api/runs/${productRunId}/cancel`, undefined, deadline, [404]);
  }

  async deleteByPrefix(prefix: string, deadline: number): Promise<void> {
    // Where the route is missing, as in production's mode, projects are deleted one by one.
    await this.#ask('POST', cleanupPath, { namePrefix: prefix }, deadline, [404]);
  }

  async delete(projectId: string, deadline: number): Promise<void> {
    await this.#ask('DELETE', `/api/projects/${projectId}`, undefined, deadline, [404]);
  }

  async mayDelete(unusedPrefix: string, deadline: number): Promise<boolean> {
    const status = await this.#ask('POST', cleanupPath, { namePrefix: unusedPrefix }, deadline, [404]);
    if (status !== 404) return true;
    // Who may not is told so before anybody looks for the project, which does not exist; some take no id that is not theirs.
    await this.#ask('DELETE', `/api/projects/${nobodysId}`, undefined, deadline, [400, 404, 429, 500]);
    return false;
  }

  async close(): Promise<void> {
    await this.#office.context.close();
  }

  /** Shows the dashboard; hours may have passed since the sign-in. */
  async #comeBack(): Promise<void> {
    const { door, account } = this.#office;
    if ((await door.comeBack(this.#page, account)) !== undefined)
      console.warn(`The session of ${account.email} had ended; signed in again.`);
  }

  /** The status of one request, repeated after a 429 for as long as the deadline allows, and once by a session anew. `fine`: error statuses that mean nothing is left to do. */
  async #ask(
    method: string,
    path: string,
    data: object | undefined,
    deadline: number,
    fine: readonly number[],
  ): Promise<number> {
    const { door, baseUrl, context, timeoutMs } = this.#office;
    let again = false;
    for (;;) {
      const response = await context.request.fetch(path, {
        method,
        ...(data ? { data } : {}),
        headers: door.headers(context),
        maxRedirects: 0,
        timeout: Math.max(1000, Math.min(timeoutMs, deadline - Date.now())),
      });
      if (response.ok() || fine.includes(response.status())) return response.status();
      if (!again && leadsToSignIn(response.status(), response.headers()['location'], baseUrl)) {
        again = true;
        await this.#comeBack();
        continue;
      }
      const waitMs = response.status() === 429 ? retryAfterMs(response) : undefined;
      if (waitMs === undefined)
        throw new Error(`${method} ${path} was answered with ${response.status()}: ${await reasonIn(response)}.`);
      if (Date.now() + waitMs > deadline)
        throw new OutOfTime(
          `${method} ${path} was answered with 429, to be asked again in ${Math.round(waitMs / 1000)} s, which is longer than there is time: raise CLEANUP_DEADLINE_S, or go on later with npm run sweep.`,
        );
      await sleep(waitMs);
    }
  }
}

function retryAfterMs(response: APIResponse): number {
  const seconds = Number(response.headers()['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000;
}

async function reasonIn(response: APIResponse): Promise<string> {
  if (response.status() >= 300 && response.status() < 400) return 'the session has ended';
  const text = await response.text();
  try {
    return (JSON.parse(text) as { error?: string }).error ?? text.slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}
