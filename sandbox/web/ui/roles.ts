import type { Role } from '../../contract.ts';
import type { BadgeVariant } from './badge.tsx';

export { roleLabels } from '../../contract.ts';

export const roleBadgeVariant: Record<Role, BadgeVariant> = {
  admin: 'default',
  member: 'secondary',
  external_partner: 'outline',
};
