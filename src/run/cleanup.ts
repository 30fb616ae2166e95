/**
 * Deletes what a run made, whatever happened before: cancel what is active, wait until it is terminal, soft-delete by the
 * run's prefix, list again. Knows the product only as an admin of one organisation who can do these things.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isOurs } from './identity.ts';

/** The product asks to wait for longer than there is time. Asking again before would only make it wait longer. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

export interface ListedProject {
  readonly projectId: string;
  readonly name: string;
  /** Its newest run, or undefined when it has none. */
  readonly productRunId: string | undefined;
  /** Whether that run is still at work or waits for a person. */
  readonly active: boolean;
}

/** What an admin of one organisation can do. Methods wait out a 429 by themselves, and throw OutOfTime where the deadline does not allow that. */
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
  /** Whether a name is known to belong to another organisation, whose admin deletes it. This one tries too, but waits for nothing. */
  readonly elsewhere?: (name: string) => boolean;
  /** Milliseconds between two looks at the list. */
  readonly lookMs?: number;
  /** How long a cancelled run may take to end, in milliseconds. */
  readonly endingMs?: number;
}

export interface Swept {
  readonly organization: string;
  /** Whether the last look at the list succeeded; without it `remaining` names what is not proved to be gone. */
  readonly looked: boolean;
  /** One entry a project that the list ever showed: two projects of one name are two entries. */
  readonly listed: readonly string[];
  readonly deleted: readonly string[];
  readonly remaining: readonly string[];
  /** Those that had still not come to an end long after they had been cancelled. */
  readonly stuck: readonly string[];
  /** Projects of another organisation that the list showed all the same; they are in none of the others. */
  readonly foreign: readonly string[];
  /** What went wrong on the way, if anything did; only `remaining` says whether it mattered. */
  readonly troubles: readonly string[];
  /** The outcome could not be written down; what went wrong stands among the troubles. */
  readonly unrecorded?: true;
}

/** How long a cancelled run may take to end, in milliseconds. */
const endingMs = 60_000;
/** Failed looks in a row after which the product is given up: it is down. */
const patience = 6;

/** Cleans one organisation. */
export async function sweep(admin: OrganizationAdmin, options: CleanupOptions): Promise<Swept> {
  const deadline = Date.now() + options.deadlineMs;
  const lookMs = options.lookMs ?? 250;
  const listed = new Map<string, string>();
  const foreign = new Set<string>();
  let left: readonly ListedProject[] = [];
  let failedLooks = 0;
  let outOfTime = false;
  const troubles: string[] = [];
  const stuck = new Set<string>();
  const shown = (): ListedProject[] => admin.list().filter(({ name }) => isOurs(name, options.prefix));
  const isElsewhere = ({ name }: ListedProject): boolean => options.elsewhere?.(name) === true;
  const ours = (): ListedProject[] => shown().filter((project) => !isElsewhere(project));
  const attempt = async (what: string, action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      outOfTime ||= error instanceof OutOfTime;
      troubles.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  /** A list that could not be opened is not an empty one: what it would have said stays unknown. */
  const look = async (what: string): Promise<boolean> => {
    failedLooks += 1;
    await attempt(what, async () => {
      await admin.refresh();
      failedLooks = 0;
      left = ours();
      for (const { projectId, name } of left) listed.set(projectId, name);
      for (const { name } of shown().filter(isElsewhere)) foreign.add(name);
    });
    return failedLooks === 0;
  };

  let round = 0;
  do {
    if (round > 0) await sleep(lookMs * 2 ** failedLooks);
    round += 1;
    if (!(await look('Opening the list'))) continue;
    if (shown().length > 0) {
      for (const name of await cancelAll(admin, ours, {
        deadline,
        attempt,
        lookMs,
        endingMs: options.endingMs ?? endingMs,
      }))
        stuck.add(name);
      await attempt(`Deleting "${options.prefix}"`, () => admin.deleteByPrefix(options.prefix, deadline));
      await until(() => ours().length === 0, Math.min(deadline, Date.now() + 3000), lookMs);
      for (const project of shown()) {
        if (outOfTime) break;
        await attempt(`Deleting "${project.name}"`, () => admin.delete(project.projectId, deadline));
      }
    }
    // A launch whose answer nobody awaited may still arrive: look once more after a while.
    await sleep(round > 1 ? 0 : options.uncertain ? 5000 : lookMs);
    await look('Listing again');
  } while ((failedLooks > 0 || left.length > 0) && failedLooks < patience && !outOfTime && Date.now() < deadline);

  return {
    organization: admin.organization,
    looked: failedLooks === 0,
    listed: [...listed.values()],
    deleted: [...listed].filter(([id]) => !left.some(({ projectId }) => projectId === id)).map(([, name]) => name),
    remaining: left.map(({ name }) => name),
    stuck: [...stuck],
    foreign: [...foreign],
    troubles,
  };
}

interface Cancelling {
  readonly deadline: number;
  readonly attempt: (what: string, action: () => Promise<void>) => Promise<void>;
  readonly lookMs: number;
  readonly endingMs: number;
}

/** @returns the names of those that had all the time to end, and did not. */
async function cancelAll(
  admin: OrganizationAdmin,
  ours: () => ListedProject[],
  { deadline, attempt, lookMs, endingMs }: Cancelling,
): Promise<string[]> {
  for (const { name, productRunId } of ours().filter(({ active }) => active)) {
    if (productRunId !== undefined) await attempt(`Cancelling "${name}"`, () => admin.cancel(productRunId, deadline));
  }
  // A cancelled run can flicker back for a moment, so terminal counts only when two looks in a row agree. A project without a run has nothing to wait for.
  let quiet = 0;
  const atWork = (): ListedProject[] =>
    ours().filter(({ active, productRunId }) => active && productRunId !== undefined);
  const patienceEnds = Date.now() + endingMs;
  await until(
    () => {
      quiet = atWork().length > 0 ? 0 : quiet + 1;
      return quiet >= 2;
    },
    Math.min(deadline, patienceEnds),
    lookMs,
  );
  return Date.now() < patienceEnds ? [] : atWork().map(({ name }) => name);
}

async function until(condition: () => boolean, deadline: number, lookMs: number): Promise<void> {
  while (!condition() && Date.now() < deadline) await sleep(lookMs);
}

/** What the books say of an organisation that could not be looked at: all that the product accepted there may remain. */
export function unproved(
  { listed, deleted, remaining }: Pick<Swept, 'listed' | 'deleted' | 'remaining'>,
  accepted: readonly string[],
): Pick<Swept, 'listed' | 'deleted' | 'remaining'> {
  const unseen = accepted.filter((name) => !listed.includes(name));
  return { listed: [...listed, ...unseen], deleted, remaining: [...remaining, ...unseen] };
}

/** A sentence for each organisation where projects are left or may be, with what went wrong; undefined when nothing is left. */
export function complaint(swept: readonly Swept[]): string | undefined {
  const sentences = swept.flatMap(({ organization, looked, remaining, troubles, unrecorded }) => {
    // Below the first line Playwright tells what it tried, for those who debug.
    const told = [...new Set(troubles.map((trouble) => trouble.split('\n', 1)[0] ?? trouble))];
    const why = told.length > 0 ? ` What went wrong: ${told.slice(-3).join(' ')}` : '';
    const names = remaining.join('; ');
    if (!looked)
      return `The projects of ${organization} could not be looked at, so nobody knows what remains there${names === '' ? '' : ` of ${names}`}.${why}`;
    if (remaining.length === 0)
      return unrecorded ? [`Nothing remains in ${organization}, but that could not be written down.${why}`] : [];
    const count = `${remaining.length} ${remaining.length === 1 ? 'project remains' : 'projects remain'}`;
    return `${count} in ${organization}: ${names}.${why} Delete them by hand on the product's dashboard.`;
  });
  return sentences.length === 0 ? undefined : sentences.join('\n');
}
