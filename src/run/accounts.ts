/** Accounts: one an analyst, spread over the organisations; one admin an organisation kept back for cleanup. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigurationError } from './configuration-error.ts';
import { holderInWords, type Holder } from './leases.ts';

const accountSchema = z.object({
  email: z.string().min(1),
  /** Empty where nobody signs in through a form. */
  password: z.string().default(''),
  name: z.string().default(''),
  organization: z.string().min(1),
  role: z.enum(['admin', 'member', 'external_partner']),
  /** Another organisation that this person belongs to, and can change to. */
  alsoIn: z.string().min(1).optional(),
  /** The link by which this person, who has no account yet, makes one with that password. */
  invitation: z.url({ protocol: /^https?$/, error: 'must be the link of an invitation' }).optional(),
  /** What a token of this account says besides, or otherwise than, TOKEN_CLAIMS. */
  claims: z.record(z.string(), z.unknown()).optional(),
});
export type Account = z.infer<typeof accountSchema>;

export interface Assignment {
  /** The account of analyst i stands at place i: a fixed lease, whichever worker carries the analyst. */
  readonly analysts: readonly Account[];
  /** One admin for each organisation that takes part. */
  readonly admins: ReadonlyMap<string, Account>;
}

/** Reads an accounts file. @throws ConfigurationError when it is missing or malformed; never quotes its content. */
export async function readAccounts(file: string): Promise<Account[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(
      `The accounts file ${file} cannot be read: set ACCOUNTS_FILE to an existing JSON file.`,
      { cause },
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigurationError(
      `The accounts file ${file} is not valid JSON: it must be an array of {email, password, name, organization, role}.`,
    );
  }
  const parsed = z.array(accountSchema).safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConfigurationError(
    `The accounts file ${file} is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unknown problem'}. It must be an array of {email, password, name, organization, role}.`,
  );
}

/**
 * Gives each analyst an account, round robin over the organisations in order of first appearance. Partners cannot
 * launch and get none; the first admin of each organisation is kept for cleanup unless accounts are short.
 * @param spareAdmin For an organisation whose admin the list lacks.
 * @param inUse Accounts that other runs use, by e-mail address; they may clean up all the same.
 * @throws ConfigurationError when there are too few accounts, a repeated one, or no admin.
 */
export function assignAccounts(
  accounts: readonly Account[],
  analysts: number,
  spareAdmin?: { email: string; password: string },
  inUse: ReadonlyMap<string, Holder> = new Map(),
): Assignment {
  const repeated = accounts.find(
    (account, index) => accounts.findIndex((other) => other.email === account.email) !== index,
  );
  if (repeated)
    throw new ConfigurationError(
      `The account ${repeated.email} is listed twice: every analyst needs an account of its own.`,
    );
  const organizations = [...new Set(accounts.map((account) => account.organization))];
  const keptBack = firstAdmins(accounts);
  const queues = organizations.map((organization) => {
    const uploaders = accounts.filter(
      (account) => account.organization === organization && account.role !== 'external_partner',
    );
    const kept = keptBack.get(organization);
    return kept ? [...uploaders.filter((account) => account !== kept), kept] : uploaders;
  });
  const interleaved = roundRobin(queues);
  // Kept-back admins come last, so that they are leased only when nothing else is left.
  const uploaders = [
    ...interleaved.filter((account) => keptBack.get(account.organization) !== account),
    ...interleaved.filter((account) => keptBack.get(account.organization) === account),
  ];
  const free = uploaders.filter(({ email }) => !inUse.has(email));
  if (free.length < analysts) throw new ConfigurationError(tooFew(analysts, uploaders, inUse));
  const leased = free.slice(0, analysts);
  return { analysts: leased, admins: adminsFor(leased, keptBack, spareAdmin) };
}

function tooFew(analysts: number, uploaders: readonly Account[], inUse: ReadonlyMap<string, Holder>): string {
  const need = `${analysts} analysts need ${analysts} accounts of admins or members, but`;
  const holders = uploaders.flatMap(({ email }) => inUse.get(email) ?? []);
  if (holders.length === 0) return `${need} there are ${uploaders.length}: add accounts or lower ANALYSTS.`;
  const runs = [...new Set(holders.map(holderInWords))].join(' and ');
  return `${need} of ${uploaders.length} only ${uploaders.length - holders.length} are free: ${holders.length} are in use by ${runs}. Wait until that has ended, add accounts or lower ANALYSTS.`;
}

/**
 * Who cleans up in each organisation of an accounts file: its first admin, or the spare one where it alone has none.
 * @returns the admins, and the organisations that have none.
 */
export function cleanupAdmins(
  accounts: readonly Account[],
  spareAdmin: { email: string; password: string } | undefined,
): { readonly admins: readonly Account[]; readonly without: readonly string[] } {
  const organizations = [...new Set(accounts.map(({ organization }) => organization))];
  const kept = firstAdmins(accounts);
  const without = organizations.filter((organization) => !kept.has(organization));
  const [lacking] = without;
  if (lacking === undefined || without.length > 1 || !spareAdmin) return { admins: [...kept.values()], without };
  return { admins: [...kept.values(), asAdmin(spareAdmin, lacking)], without: [] };
}

function adminsFor(
  leased: readonly Account[],
  keptBack: ReadonlyMap<string, Account>,
  spareAdmin: { email: string; password: string } | undefined,
): Map<string, Account> {
  const involved = [...new Set(leased.map((account) => account.organization))];
  const without = involved.filter((organization) => !keptBack.has(organization));
  if (without.length > (spareAdmin ? 1 : 0))
    throw new ConfigurationError(
      `There is no admin account for ${without.join(', ')}, so nothing could be deleted afterwards: add one to the accounts file, or set ADMIN_EMAIL and ADMIN_PASSWORD.`,
    );
  return new Map(
    involved.map((organization) => {
      const admin = keptBack.get(organization) ?? (spareAdmin ? asAdmin(spareAdmin, organization) : undefined);
      if (!admin) throw new ConfigurationError(`There is no admin account for ${organization}.`);
      return [organization, admin];
    }),
  );
}

/** The first admin of each organisation that has one. */
function firstAdmins(accounts: readonly Account[]): Map<string, Account> {
  const admins = accounts.filter(({ role }) => role === 'admin').reverse();
  return new Map(admins.map((account) => [account.organization, account]));
}

function asAdmin(spare: { email: string; password: string }, organization: string): Account {
  return { ...spare, name: '', organization, role: 'admin' };
}

function roundRobin<T>(queues: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, place) => queues.flatMap((queue) => queue.slice(place, place + 1))).flat();
}
