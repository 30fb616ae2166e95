import type { Session } from '../contract.ts';
import type { PeopleStore } from '../ports.ts';
import type { Faults } from './index.ts';

type People = Pick<PeopleStore, 'session'>;

/** People as sessions look them up. With the fault, what was found is remembered under the user alone. */
export function lookedUp(people: People, faults: Faults, now: () => number = Date.now): People {
  if (!faults.has('org-cache')) return people;
  const remembered = new Map<string, { session: Session; until: number }>();
  return {
    session: (userId, orgId) => {
      const known = remembered.get(userId);
      if (known && known.until > now()) return known.session;
      const session = people.session(userId, orgId);
      if (session) remembered.set(userId, { session, until: now() + faults.amount('org-cache') });
      return session;
    },
  };
}
