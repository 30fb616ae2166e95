/**
 * Deletes what a run made, whatever happened before: cancel what is active, wait until it is terminal, soft-delete by the
 * run's prefix, list again. Knows the product only as an admin of one organisation who can do these things.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isOurs } from './identity.ts';
import type { Journal } from './journal.ts';

export interface ListedProject {
  readonly projectId: string;
  readonly name: string;
  /** Its newest run, or undefined when it has none. */
  readonly productRunId: string | undefined;
  /** Whether that run is still at work or waits for a person. */
  readonly active: boolean;
}

/** What an admin of one organisation can do. Methods wait out a 429 by themselves, as long as the deadline allows. */
export interface OrganizationAdmin {
  readonly organization: string;
  /** Projects of the organisation as the product's live list shows them now. */
  list(): readonly ListedProject[];
  /** Opens the list anew, so that an answer does not rest on a socket that may have died. */
  refresh(): Promise<void>;
  cancel(productRunId: string, deadline: number): Promise<void>;
  deleteByPrefix(prefix: string, deadline: number): Promise<void>;
  delete(projectId: string, deadline: number): Promise<void>;
}

export interface CleanupOptions {
  readonly prefix: string;
  readonly deadlineMs: number;
  /** Whether a launch may still be on its way (intended, neither accepted nor refused): then the last look waits longer. */
  readonly uncertain: boolean;
  readonly journal: Journal;
  /** Milliseconds between two looks at the list. */
  readonly lookMs?: number;
}

export interface Swept {
  readonly organization: string;
  readonly listed: readonly string[];
  readonly deleted: readonly string[];
  readonly remaining: readonly string[];
  /** What went wrong on the way, if anything did; only `remaining` says whether it mattered. */
  readonly troubles: readonly string[];
}

/** Cleans one organisation and journals what the list said before and after. */
export async function sweep(admin: OrganizationAdmin, options: CleanupOptions): Promise<Swept> {
  const deadline = Date.now() + options.deadlineMs;
  const lookMs = options.lookMs ?? 250;
  const listed = new Set<string>();
  const troubles: string[] = [];
  const ours = (): ListedProject[] => admin.list().filter(({ name }) => isOurs(name, options.prefix));
  const attempt = async (what: string, action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      troubles.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  let round = 0;
  do {
    if (round > 0) await sleep(lookMs);
    round += 1;
    await attempt('Opening the list', () => admin.refresh());
    for (const { name } of ours()) listed.add(name);
    if (ours().length > 0) {
      await cancelAll(admin, ours, deadline, attempt, lookMs);
      await attempt(`Deleting "${options.prefix}"`, () => admin.deleteByPrefix(options.prefix, deadline));
      await until(() => ours().length === 0, Math.min(deadline, Date.now() + 3000), lookMs);
      for (const project of ours())
        await attempt(`Deleting "${project.name}"`, () => admin.delete(project.projectId, deadline));
    }
    // A launch whose answer nobody awaited may still arrive: look once more after a while.
    await sleep(round > 1 ? 0 : options.uncertain ? 5000 : lookMs);
    await attempt('Listing again', () => admin.refresh());
    for (const { name } of ours()) listed.add(name);
  } while (ours().length > 0 && Date.now() < deadline);

  const remaining = ours().map(({ name }) => name);
  const deleted = [...listed].filter((name) => !remaining.includes(name));
  await options.journal.append({
    type: 'swept',
    organization: admin.organization,
    listed: [...listed],
    deleted,
    remaining,
  });
  return { organization: admin.organization, listed: [...listed], deleted, remaining, troubles };
}

async function cancelAll(
  admin: OrganizationAdmin,
  ours: () => ListedProject[],
  deadline: number,
  attempt: (what: string, action: () => Promise<void>) => Promise<void>,
  lookMs: number,
): Promise<void> {
  for (const { name, productRunId } of ours().filter(({ active }) => active)) {
    if (productRunId !== undefined) await attempt(`Cancelling "${name}"`, () => admin.cancel(productRunId, deadline));
  }
  // A cancelled run can flicker back for a moment, so terminal counts only when two looks in a row agree. A project without a run has nothing to wait for.
  let quiet = 0;
  await until(
    () => {
      quiet = ours().some(({ active, productRunId }) => active && productRunId !== undefined) ? 0 : quiet + 1;
      return quiet >= 2;
    },
    Math.min(deadline, Date.now() + 60_000),
    lookMs,
  );
}

async function until(condition: () => boolean, deadline: number, lookMs: number): Promise<void> {
  while (!condition() && Date.now() < deadline) await sleep(lookMs);
}

/** One sentence a project that is left, and what went wrong; undefined when nothing is left. */
export function complaint(swept: readonly Swept[]): string | undefined {
  const left = swept.filter(({ remaining }) => remaining.length > 0);
  if (left.length === 0) return undefined;
  return left
    .map(
      ({ organization, remaining, troubles }) =>
        `${remaining.length} ${remaining.length === 1 ? 'project remains' : 'projects remain'} in ${organization}: ${remaining.join('; ')}.${troubles.length > 0 ? ` What went wrong: ${troubles.slice(-3).join(' ')}` : ''} Delete them by hand on the product's dashboard.`,
    )
    .join('\n');
}
