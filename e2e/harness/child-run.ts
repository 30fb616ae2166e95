/** Runs the main job as a child of a test, against a sandbox of the test's own, so that what is left in the product can be looked at from behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '../..');

export interface ChildRun {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  output(): string;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
  /** Where its results are, once they are there. */
  folder(): Promise<string>;
  /** Waits until a file of the results holds a text; throws when the run ends before. */
  until(file: string, text: string): Promise<string>;
}

/** Starts the main job with these settings; results go to a folder of its own. */
export function startRun(resultsDir: string, settings: Record<string, string>, args: readonly string[] = []): ChildRun {
  // A child of a Playwright worker must not take itself for one.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(MUSTER_|PLAYWRIGHT_|PW_|TEST_|NODE_TEST_|NODE_OPTIONS|GITHUB_|BASE_URL|ANALYSTS|PER_WORKER|BUNDLES|UNTIL|REVIEW)/.test(
          name,
        ),
    ),
  );
  const child = spawn(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', ...args], {
    cwd: root,
    env: {
      ...environment,
      RESULTS_DIR: resultsDir,
      ALLURE_RESULTS_DIR: path.join(resultsDir, 'allure'),
      NO_COLOR: '1',
      // These tests judge what the harness does, not how fast a shared machine does it.
      HOLD_TO: 'work',
      PER_WORKER: '1',
      RAMP_S: '0',
      THINK_S: '0',
      // Each test's product is its own, and what it knew of people ends with it.
      SIGN_IN: 'fresh',
      // Nor what the product does under contention: that is the probes' own business.
      PROBES: 'none',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const folder = async (): Promise<string> => {
    const entries = await readdir(resultsDir, { withFileTypes: true });
    return path.join(
      resultsDir,
      entries.find((entry) => entry.isDirectory() && entry.name !== 'allure')?.name ?? 'none',
    );
  };
  return {
    child,
    output: () => said,
    ended,
    folder,
    async until(file, text) {
      for (;;) {
        const content = await readFile(path.join(await folder(), file), 'utf8').catch(() => '');
        if (content.includes(text)) return content;
        if (child.exitCode !== null)
          throw new Error(`The run ended with ${child.exitCode} before ${file} held "${text}":\n${said}`);
        await sleep(50);
      }
    },
  };
}

interface Account {
  readonly email: string;
  readonly password: string;
  readonly role: string;
}

/** What a lab needs of a sandbox: the tests, which may look behind the scenes, start it and hand it over. */
export interface LabSandbox<Session, A extends Account> {
  readonly url: string;
  readonly accounts: readonly A[];
  readonly store: {
    readonly people: { byEmail(email: string): { readonly session: Session } | undefined };
    query(session: Session, udfPath: string, args: Record<string, unknown>): unknown;
  };
  stop(): Promise<void>;
}

export interface Lab<A> {
  readonly resultsDir: string;
  readonly accounts: readonly A[];
  /** Settings that attach a run to this sandbox. */
  readonly attached: Record<string, string>;
  /** Replaces the accounts that the run gets to see. */
  giveAccounts(accounts: readonly A[]): Promise<void>;
  /** Names of the projects of all organisations that are still there. */
  remaining(): string[];
  /** Takes the product away, in the middle of whatever happens. */
  stopProduct(): Promise<void>;
  close(): Promise<void>;
}

/** Names of the projects of all organisations of a sandbox that are still there. */
export function remainingIn<Session extends { readonly orgId: string }, A extends Account>({
  accounts,
  store,
}: Pick<LabSandbox<Session, A>, 'accounts' | 'store'>): string[] {
  const sessions = accounts.flatMap(({ email }) => store.people.byEmail(email)?.session ?? []);
  const oneEach = new Map(sessions.map((session) => [session.orgId, session]));
  return [...oneEach.values()].flatMap((session) =>
    (store.query(session, 'projects:listByOrg', { orgId: session.orgId }) as { name: string }[]).map(
      ({ name }) => name,
    ),
  );
}

/** A sandbox, and a folder for results, both gone after `close`. */
export async function openLab<Session extends { readonly orgId: string }, A extends Account>(
  sandbox: LabSandbox<Session, A>,
): Promise<Lab<A>> {
  const resultsDir = await mkdtemp(path.join(os.tmpdir(), 'muster-lab-'));
  const accountsFile = path.join(resultsDir, 'accounts.json');
  const giveAccounts = (accounts: readonly A[]): Promise<void> =>
    writeFile(accountsFile, JSON.stringify(accounts), { mode: 0o600 });
  await giveAccounts(sandbox.accounts);
  let stopped: Promise<void> | undefined;
  const stopProduct = (): Promise<void> => (stopped ??= sandbox.stop());
  return {
    resultsDir,
    accounts: sandbox.accounts,
    attached: { BASE_URL: sandbox.url, ACCOUNTS_FILE: accountsFile },
    giveAccounts,
    remaining: () => remainingIn(sandbox),
    stopProduct,
    async close() {
      await stopProduct();
      await rm(resultsDir, { recursive: true, force: true });
    },
  };
}
