import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Role } from '../contract.ts';
import type { Account } from '../ports.ts';
import type { NewPerson, People } from './people.ts';

const organizations = ['Meridian Research', 'Harbor Insights'] as const;

const firstNames =
  'Ada Bilal Carmen Dario Elif Femi Greta Hugo Ines Jonas Kaya Leon Mira Nils Orla Pavel Quinn Rosa Sven Tara Umar Vera Wim Xenia Yusuf Zoe Anders Beata Cyrus Daria Emil Freya Goran Hana Ivo Jana Kofi Lena Marek Nadia Oskar Petra'.split(
    ' ',
  );
const lastNames =
  'Abbott Brandt Castellan Dietz Eriksen Fontaine Grady Holm Ivers Jansen Keller Lindqvist Moreau Novak Okafor Petrov Quist Rahman Sato Thorne Ueda Varga Wexler Yilmaz Zander Archer Bellamy Conti Duarte Ekholm Farrow'.split(
    ' ',
  );

/** Of each twenty in an organisation: two admins, sixteen members, two external partners. */
function roleOf(place: number): Role {
  const turn = place % 20;
  if (turn === 0 || turn === 5) return 'admin';
  if (turn === 9 || turn === 19) return 'external_partner';
  return 'member';
}

/** Of each twenty in an organisation, the one who is a member of the other as well. */
const guestPlace = 2;

/**
 * The accounts of a sandbox, the same on every machine: turn by turn one of each organisation, so that any first few
 * are spread over both. A longer list begins with the shorter one.
 */
export function planAccounts(count: number, password: string): Account[] {
  const accounts: Account[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const organization = organizations[index % organizations.length] ?? organizations[0];
    const place = Math.floor(index / organizations.length);
    const other = organizations[(index + 1) % organizations.length] ?? organizations[0];
    const first = firstNames[index % firstNames.length] ?? 'Ada';
    const last = lastNames[(index * 3 + Math.floor(index / firstNames.length)) % lastNames.length] ?? 'Abbott';
    const domain = `${(organization.split(' ')[0] ?? 'org').toLowerCase()}.test`;
    let local = `${first}.${last}`.toLowerCase();
    let number = 1;
    while (taken.has(`${local}@${domain}`)) local = `${first}.${last}${(number += 1)}`.toLowerCase();
    const email = `${local}@${domain}`;
    taken.add(email);
    accounts.push({
      email,
      password,
      name: number === 1 ? `${first} ${last}` : `${first} ${last} ${number}`,
      organization,
      role: roleOf(place),
      ...(place % 20 === guestPlace && { alsoIn: other }),
    });
  }
  return accounts;
}

/**
 * The accounts that begin as invitations: the last of the list, so that the first ones are members from the start.
 * Admins and who belongs to both organisations are not invited; there may be fewer than asked for.
 */
export function invitedAmong(accounts: readonly Account[], count: number): ReadonlySet<Account> {
  const members = accounts.filter(({ role, alsoIn }) => role === 'member' && alsoIn === undefined);
  return new Set(count === 0 ? [] : members.slice(-count));
}

/** Characters that a password which somebody chooses must have at least. */
export const shortestPassword = 8;

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(scrypt);
// Cheap on purpose: forty analysts signing in together must not cost the machine that is being measured.
const cost = { N: 1024, r: 8, p: 1 };

/** `salt:key`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await scryptAsync(password, salt, 32, cost);
  return `${salt.toString('base64url')}:${key.toString('base64url')}`;
}

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':');
  const expected = Buffer.from(key, 'base64url');
  const actual = await scryptAsync(password, Buffer.from(salt, 'base64url'), 32, cost);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/**
 * Makes the planned accounts that are missing, and gives all of them the password when it has changed. As many as are left
 * to invitations are not made, unless they have been already.
 */
export async function ensureAccounts(
  people: People,
  count: number,
  password: string,
  invitations = 0,
): Promise<Account[]> {
  const accounts = planAccounts(count, password);
  const invited = invitedAmong(accounts, invitations);
  // Later than their first membership, which is the one they sign in to.
  const guests: NewPerson[] = [];
  for (const account of accounts) {
    const known = people.byEmail(account.email);
    if (known === undefined && invited.has(account)) continue;
    const isKnown = known !== undefined && (await verifyPassword(password, known.passwordHash));
    const passwordHash = isKnown ? known.passwordHash : await hashPassword(password);
    if (!isKnown) people.upsert({ ...account, passwordHash });
    if (account.alsoIn !== undefined) guests.push({ ...account, organization: account.alsoIn, passwordHash });
  }
  for (const guest of guests) people.upsert(guest);
  return accounts;
}
