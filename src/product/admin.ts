/**
 * An admin of one organisation at work in a browser page of their own. The product has no route that lists projects, so
 * lists and statuses come from the page's live subscriptions; cancelling and deleting go by the product's own API.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIResponse, Browser, BrowserContext, Page } from '@playwright/test';
import type { Account } from '../run/accounts.ts';
import type { ListedProject, OrganizationAdmin } from '../run/cleanup.ts';
import { followPage, isActive, type ProjectBoard } from './live/index.ts';
import { DashboardPage } from './pages/dashboard.ts';
import { SignInPage } from './pages/sign-in.ts';

const cleanupPath = '/api/dev/load-test/cleanup';

export interface SignedInAdmin extends OrganizationAdmin {
  /** Asks the product to delete projects of a prefix that nobody has used yet. @throws when this account may not. */
  mayDelete(unusedPrefix: string, deadline: number): Promise<void>;
  close(): Promise<void>;
}

/** Signs an admin in and waits for the first list. @throws when the account is refused or the list does not come. */
export async function openAdmin(
  browser: Browser,
  baseUrl: string,
  account: Account,
  timeoutMs: number,
): Promise<SignedInAdmin> {
  const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(timeoutMs);
  try {
    const page = await context.newPage();
    const board = followPage(page);
    await new SignInPage(page).signIn(account);
    await board.waitFor(() => true, `The project list of ${account.organization}`, timeoutMs);
    return new AdminPage(account.organization, { context, page, board }, timeoutMs);
  } catch (error) {
    await context.close();
    throw error;
  }
}

interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly board: ProjectBoard;
}

class AdminPage implements SignedInAdmin {
  readonly organization: string;
  readonly #context: BrowserContext;
  readonly #timeoutMs: number;
  #page: Page;
  #board: ProjectBoard;

  constructor(organization: string, { context, page, board }: OpenPage, timeoutMs: number) {
    this.organization = organization;
    this.#context = context;
    this.#page = page;
    this.#board = board;
    this.#timeoutMs = timeoutMs;
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
    await this.#page.close();
    this.#page = await this.#context.newPage();
    this.#board = followPage(this.#page);
    await new DashboardPage(this.#page).load();
    await this.#board.waitFor(() => true, `The project list of ${this.organization}`, this.#timeoutMs);
  }

  async cancel(productRunId: string, deadline: number): Promise<void> {
    await this.#ask('POST', `/api/runs/${productRunId}/cancel`, undefined, deadline, [404]);
  }

  async deleteByPrefix(prefix: string, deadline: number): Promise<void> {
    await this.#ask('POST', cleanupPath, { namePrefix: prefix }, deadline, []);
  }

  async delete(projectId: string, deadline: number): Promise<void> {
    await this.#ask('DELETE', `/api/projects/${projectId}`, undefined, deadline, [404]);
  }

  async mayDelete(unusedPrefix: string, deadline: number): Promise<void> {
    // A deployment without the route deletes one by one; whether it lets this account, only a project would show.
    await this.#ask('POST', cleanupPath, { namePrefix: unusedPrefix }, deadline, [404]);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** One request, repeated after a 429 for as long as the deadline allows. `fine`: error statuses that mean nothing is left to do. */
  async #ask(
    method: string,
    path: string,
    data: object | undefined,
    deadline: number,
    fine: readonly number[],
  ): Promise<void> {
    for (;;) {
      const response = await this.#context.request.fetch(path, {
        method,
        ...(data ? { data } : {}),
        maxRedirects: 0,
        timeout: Math.max(1000, Math.min(this.#timeoutMs, deadline - Date.now())),
      });
      if (response.ok() || fine.includes(response.status())) return;
      const waitMs = response.status() === 429 ? retryAfterMs(response) : undefined;
      if (waitMs === undefined || Date.now() + waitMs > deadline)
        throw new Error(`${method} ${path} was answered with ${response.status()}: ${await reasonIn(response)}.`);
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
