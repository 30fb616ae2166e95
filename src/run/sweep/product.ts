/** All organisations of one product are cleaned of runs that have ended, each by an admin of its own. */
import type { Browser } from '@playwright/test';
import type { SignedInAdmin } from '../../product/admin.ts';
import type { Account } from '../accounts.ts';
import { complaint, type OrganizationAdmin, type Swept } from '../cleanup.ts';
import { openJournal } from '../journal.ts';
import type { Settings } from '../settings.ts';
import { decide, type Circumstances } from './decide.ts';
import { openPatiently, sweepOrganization } from './organization.ts';
import { runOfPrefix, runOfProject, type NamedRun } from './prefixes.ts';

export interface ProductSweep extends Circumstances {
  readonly settings: Settings;
  readonly baseUrl: string;
  readonly dryRun: boolean;
  readonly say: (line: string) => void;
}

/** @returns whether nothing is left of the runs that were to be swept, in any of these organisations. */
export async function sweepProduct(
  browser: Browser,
  admins: readonly Account[],
  options: ProductSweep,
): Promise<boolean> {
  const ends = await Promise.all(admins.map((account) => sweepAs(browser, account, options)));
  return ends.every(Boolean);
}

async function sweepAs(browser: Browser, account: Account, options: ProductSweep): Promise<boolean> {
  let admin: SignedInAdmin;
  try {
    admin = await openPatiently(browser, options.baseUrl, account, options.settings);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    options.say(
      `The projects of ${account.organization} could not be looked at, so nobody knows what remains there: ${why}`,
    );
    return false;
  }
  try {
    return await sweepRuns(admin, options);
  } finally {
    await admin.close();
  }
}

/** What an organisation shows of runs, and what journals of runs that have ended say it may hold. */
export async function sweepRuns(admin: OrganizationAdmin, options: ProductSweep): Promise<boolean> {
  const { organization } = admin;
  const shown = new Map<string, { run: NamedRun; names: string[] }>();
  for (const { name } of admin.list()) {
    const run = runOfProject(name);
    if (!run) continue;
    const seen = shown.get(run.prefix) ?? { run, names: [] };
    seen.names.push(name);
    shown.set(run.prefix, seen);
  }
  for (const { prefix, unproved } of options.known.values()) {
    const run = runOfPrefix(prefix);
    if (run && unproved.length > 0 && !shown.has(prefix)) shown.set(prefix, { run, names: [] });
  }
  let clean = true;
  for (const { run, names } of shown.values()) {
    const decision = decide(run, options);
    if (decision.sweep) clean = (await sweepRun(admin, run, { ...options, names })) && clean;
    else if (decision.silent !== true && names.length > 0) {
      options.say(`${run.prefix}: ${counted(names.length)} in ${organization} left alone: ${decision.why}.`);
      if (options.options.run !== undefined) clean = false;
    }
  }
  return clean;
}

async function sweepRun(
  admin: OrganizationAdmin,
  { prefix, runId }: NamedRun,
  { settings, known, dryRun, say, names }: ProductSweep & { readonly names: readonly string[] },
): Promise<boolean> {
  const { organization } = admin;
  if (dryRun) {
    for (const name of names) say(`Would delete in ${organization}: ${name}`);
    return names.length === 0;
  }
  const run = known.get(prefix);
  const swept = await sweepOrganization(organization, () => Promise.resolve(admin), {
    prefix,
    records: run?.records ?? [],
    journal: run && openJournal({ folder: run.folder, runId, analyst: 'teardown' }),
    settings,
  });
  say(`${prefix}: ${outcome(swept)}`);
  return swept.looked && swept.remaining.length === 0;
}

function outcome(swept: Swept): string {
  const left = complaint([swept]);
  const deleted =
    swept.deleted.length === 0 ? '' : `${counted(swept.deleted.length)} deleted in ${swept.organization}. `;
  return left === undefined ? `${deleted}Nothing is left in ${swept.organization}.` : `${deleted}${left}`;
}

function counted(projects: number): string {
  return `${projects} ${projects === 1 ? 'project' : 'projects'}`;
}
