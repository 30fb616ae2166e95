/** Who may in: two organisations with admins, members and a partner each. */
import { randomBytes } from 'node:crypto';
import { newId, type Person, type Role } from './state.ts';

const organizations = ['Halden Insights', 'Okoro & Partners'] as const;
const first = ['Amara', 'Birgit', 'Chidi', 'Dolores', 'Emre', 'Freya', 'Goran', 'Hyejin', 'Ines', 'Jonas'] as const;
const last = ['Abara', 'Brandt', 'Castro', 'Demir', 'Eklund', 'Fontaine', 'Greco', 'Holm'] as const;

/** Every other one in the second organisation; the first of each is its admin, the last a partner. */
export function makePeople(count: number): Person[] {
  const orgIds = organizations.map(() => newId());
  return Array.from({ length: count }, (_, place): Person => {
    const home = place % organizations.length;
    const given = first[place % first.length] ?? '';
    const family = last[Math.floor(place / first.length) % last.length] ?? '';
    const role: Role =
      place < organizations.length ? 'admin' : place >= count - organizations.length ? 'external_partner' : 'member';
    return {
      id: `user_${newId()}`,
      email: `${given}.${family}.${place + 1}@${home === 0 ? 'halden' : 'okoro'}.example`.toLowerCase(),
      password: randomBytes(12).toString('base64url'),
      name: `${given} ${family}`,
      role,
      orgId: orgIds[home] ?? '',
      organization: organizations[home] ?? '',
      pipelineEmails: true,
    };
  });
}
