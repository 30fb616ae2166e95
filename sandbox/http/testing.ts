/** For tests of the server: a whole one on loopback with a pipeline that does nothing by itself, and people to ask it as. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble, type Parts, type RunningSandbox } from '../assemble.ts';
import { activeStatuses, type Role, type ValidationResult } from '../contract.ts';
import type { Account, Pipeline, RunStore } from '../ports.ts';
import { completeSettings, type SandboxSettings } from '../settings.ts';

export const validationAnswer: ValidationResult = {
  rowCount: 1200,
  columnCount: 80,
  weightCandidates: [],
  isStacked: false,
  stackedWarning: null,
  loopSummary: { hasLoops: true, loopCount: 2 },
  errors: [],
  canProceed: true,
};

/** A pipeline whose runs go nowhere: the test moves them through the store. */
export class IdlePipeline implements Pipeline {
  readonly launched: string[] = [];
  readonly resumed: string[] = [];
  readonly validated: string[] = [];
  output: string | undefined;
  resumeWith: () => Promise<{ status: 'success'; message: string }> = () =>
    Promise.resolve({ status: 'success', message: 'Complete!' });
  recovered = 0;

  constructor(private readonly runs: RunStore) {}

  launch(runId: string): void {
    this.launched.push(runId);
  }
  cancel(runId: string): { localAbort: boolean } {
    const row = this.runs.transition(runId, activeStatuses, { status: 'cancelled', cancelRequested: true });
    return { localAbort: row !== undefined };
  }
  settled(): Promise<void> {
    return Promise.resolve();
  }
  resume(runId: string): Promise<{ status: 'success'; message: string }> {
    this.resumed.push(runId);
    return this.resumeWith();
  }
  validate(path: string): Promise<ValidationResult> {
    this.validated.push(path);
    return Promise.resolve(validationAnswer);
  }
  recover(): void {
    this.recovered += 1;
  }
  outputPath(): string | undefined {
    return this.output;
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

export interface Server extends RunningSandbox {
  account(role: Role, organization?: string): Account;
  /** Asks as somebody, without following redirects. */
  ask(
    who: Account | undefined,
    method: string,
    path: string,
    body?: BodyInit,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export interface TestServer extends Server {
  pipeline: IdlePipeline;
}

/** Starts a server with an idle pipeline; the caller stops it. */
export async function startTestServer(settings: Partial<SandboxSettings> = {}): Promise<TestServer> {
  let pipeline: IdlePipeline | undefined;
  const server = await startServerWith(({ store }) => (pipeline = new IdlePipeline(store.runs)), settings);
  if (pipeline === undefined) throw new Error('The server was started without making a pipeline.');
  return { ...server, pipeline };
}

/** Starts a server with that pipeline and pages of a few lines; the caller stops it. */
export async function startServerWith(
  createPipeline: Parts['createPipeline'],
  settings: Partial<SandboxSettings> = {},
): Promise<Server> {
  const scratch = mkdtempSync(join(tmpdir(), 'muster-test-pages-'));
  mkdirSync(join(scratch, 'assets'));
  writeFileSync(
    join(scratch, 'index.html'),
    '<!doctype html><html><head><title>Pages</title></head><body></body></html>',
  );
  writeFileSync(join(scratch, 'assets', 'app-1234.js'), 'export {};');
  writeFileSync(join(scratch, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const sandbox = await assemble(completeSettings({ accounts: 40, limits: 'none', ...settings }), {
    dist: scratch,
    createPipeline,
  });
  const cookies = new Map<string, string>();
  return {
    ...sandbox,
    account: (role, organization = 'Meridian Research') => {
      const found = sandbox.accounts.find((account) => account.role === role && account.organization === organization);
      if (!found) throw new Error(`No ${role} in ${organization}`);
      return found;
    },
    ask: async (who, method, path, body, headers = {}) => {
      if (who && !cookies.has(who.email)) cookies.set(who.email, await signIn(sandbox, who));
      return fetch(sandbox.url + path, {
        method,
        redirect: 'manual',
        ...(body !== undefined && { body }),
        headers: { ...(who && { cookie: cookies.get(who.email) ?? '' }), ...headers },
      });
    },
    stop: async () => {
      await sandbox.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Signs in as a browser without script would; the session cookie as `name=value`. */
export async function signIn(sandbox: Pick<RunningSandbox, 'url'>, account: Account): Promise<string> {
  const away = await fetch(`${sandbox.url}/dashboard`, { redirect: 'manual' });
  const authorize = new URL(location(away));
  const form = new URLSearchParams({
    redirect_uri: authorize.searchParams.get('redirect_uri') ?? '',
    state: authorize.searchParams.get('state') ?? '',
    email: account.email,
    password: account.password,
  });
  const back = await fetch(`${authorize.origin}/user_management/authorize/password`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const landed = await fetch(location(back), { redirect: 'manual' });
  return (landed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Where a redirect leads. */
export function location(response: Response): string {
  const target = response.headers.get('location');
  if (target === null) throw new Error(`Expected a redirect, got ${response.status}`);
  return target;
}

/** A launch's form; parts can be replaced, or left out with `null`. */
export function launchForm(
  changes: Partial<Record<'dataFile' | 'surveyDocument' | 'bannerPlan' | 'messageList', File | null>> & {
    config?: string | null;
    projectName?: string | null;
  } = {},
): FormData {
  const parts = {
    dataFile: new File(['$FL2'], 'study.sav'),
    surveyDocument: new File(['text'], 'survey.docx'),
    config: '{}',
    projectName: 'Brand tracker',
    ...changes,
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) if (value !== null) form.append(name, value);
  return form;
}
