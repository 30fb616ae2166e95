/** Ways into an attached product, as whole runs: what an earlier run kept, tokens signed here, and sessions that end on the way. */
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { folderOf } from '../../src/product/sign-in/kept-states.ts';
import { openMint } from '../../src/product/sign-in/tokens.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import type { Account } from '../../sandbox/ports.ts';
import { openLab, startRun, type ChildRun, type Lab } from './child-run.ts';
import { openToEverybody } from './open-door.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

let sandbox: RunningSandbox;
let lab: Lab<Account>;
async function openStaging(settings: Parameters<typeof startSandbox>[0] = {}): Promise<void> {
  sandbox = await startSandbox({ pace: 0.2, ...settings });
  lab = await openLab(sandbox);
}
test.afterEach(async () => {
  await rm(folderOf(sandbox.url), { recursive: true, force: true });
  await lab.close();
});

/** Three analysts who look around. */
function lookAround(name: string, settings: Record<string, string> = {}): ChildRun {
  return startRun(path.join(lab.resultsDir, name), {
    ...lab.attached,
    JOURNEY: 'browse',
    ANALYSTS: '3',
    PER_WORKER: '3',
    SIGN_IN_STAGGER_MS: '0',
    SIGN_IN: 'auto',
    ...settings,
  });
}

/** Names of the steps of getting in, and all that was written down. */
async function told(run: ChildRun): Promise<{ steps: string[]; text: string }> {
  const folder = await run.folder();
  const events = await Promise.all(
    (await readdir(path.join(folder, 'events')))
      .filter((name) => name.startsWith('analyst-'))
      .map((name) => readFile(path.join(folder, 'events', name), 'utf8')),
  );
  const text = events.join('\n');
  const steps = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type: string; name?: string })
    .flatMap(({ type, name = '' }) => (type === 'step' && name.startsWith('sign-in') ? [name] : []));
  return { steps: steps.sort(), text };
}

test('a second run comes in by what the first one kept, and its sign-ins do not count as the form’s', async () => {
  await openStaging();
  const first = lookAround('first');
  expect(await first.ended, first.output()).toBe(0);
  // The preflight has come in as the first of each organisation.
  expect((await told(first)).steps).toEqual(['sign-in', 'sign-in-kept', 'sign-in-kept']);
  const second = lookAround('second');
  expect(await second.ended, second.output()).toBe(0);
  const { steps, text } = await told(second);
  expect(steps).toEqual(['sign-in-kept', 'sign-in-kept', 'sign-in-kept']);
  expect(text).toContain('"phase":"signed-in","how":"kept"');
});

test('a session that would end on the way is renewed, and that is no sign-in of the journey', async () => {
  await openStaging();
  // Six seconds by the setting; the product would let it go on. The journey lasts longer.
  const run = lookAround('renewed', { ANALYSTS: '1', SIGN_IN: 'fresh', SESSION_MINUTES: '0.1', THINK_S: '6' });
  expect(await run.ended, run.output()).toBe(0);
  const { steps, text } = await told(run);
  expect(steps).toEqual(['sign-in']);
  expect(text).toContain('"type":"session","what":"renewed"');
});

test('where everybody is the same user, no accounts are needed, and what cannot be proved is said', async () => {
  await openStaging();
  const admin = sandbox.accounts.find(({ role }) => role === 'admin');
  const session = admin && sandbox.store.people.byEmail(admin.email)?.session;
  const mint = openMint({ ...(await secretOf(sandbox)), TOKEN_CLAIMS: '{}', TOKEN_MINUTES: 60 });
  const token = await mint({
    email: '',
    name: '',
    organization: '',
    role: 'admin',
    claims: { sub: session?.userId, org: session?.orgId },
  });
  const open = await openToEverybody(sandbox.url, `wos-session=${token.value}`);
  try {
    const run = lookAround('bypass', { BASE_URL: open.url, ACCOUNTS_FILE: '', SIGN_IN: '', AUTH_MODE: 'bypass' });
    expect(await run.ended, run.output()).toBe(0);
    expect((await told(run)).steps).toEqual(['sign-in-bypass', 'sign-in-bypass', 'sign-in-bypass']);
    const said = run.output().replace(/\s+/g, ' ');
    expect(said).toContain('Not proved by this run: everybody is the same user');
    expect(said).toContain('Unproved everybody is the same user');
    const summary = JSON.parse(await readFile(path.join(await run.folder(), 'summary.json'), 'utf8')) as {
      unproved: string[];
      ledger: { leaked: number | null };
    };
    expect(summary.unproved.join()).toContain('no leak between organizations');
    expect(summary.ledger.leaked).toBeNull();
  } finally {
    await open.close();
  }
});

test('with tokens nobody sees a form, and none of them is written down', async () => {
  await openStaging();
  const identified = sandbox.accounts.map((account) => {
    const session = sandbox.store.people.byEmail(account.email)?.session;
    return { ...account, password: '', claims: { sub: session?.userId, org: session?.orgId } };
  });
  await lab.giveAccounts(identified);
  const secret = await secretOf(sandbox);
  const run = lookAround('tokens', {
    SIGN_IN: '',
    AUTH_MODE: 'token',
    TOKEN_SECRET: secret.TOKEN_SECRET,
    TOKEN_COOKIE: 'wos-session',
  });
  expect(await run.ended, run.output()).toBe(0);
  const { steps, text } = await told(run);
  expect(steps).toEqual(['sign-in-token', 'sign-in-token', 'sign-in-token']);
  const everything = text + run.output() + (await readFile(path.join(await run.folder(), 'run.json'), 'utf8'));
  expect(everything).not.toContain('eyJ');
  expect(everything).not.toContain(secret.TOKEN_SECRET.slice(4));
});

/** What the sandbox signs its sessions with. */
async function secretOf({ accountsFile }: RunningSandbox): Promise<{
  readonly TOKEN_SECRET: string;
  readonly TOKEN_KEY_FILE: undefined;
  readonly TOKEN_ALGORITHM: 'HS256';
}> {
  const secret = await readFile(path.join(path.dirname(accountsFile), 'secret'), 'utf8');
  return { TOKEN_SECRET: `hex:${secret}`, TOKEN_KEY_FILE: undefined, TOKEN_ALGORITHM: 'HS256' };
}
