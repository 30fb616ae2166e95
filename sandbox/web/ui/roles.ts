import type { Role } from '../../contract.ts';
import type { BadgeVariant } from './badge.tsx';

export const roleLabels: Record<Role, string> = { admin: 'Admin', member: 'Member', external_partner: 'Partner' };
export const roleBadgeVariant: Record<Role, BadgeVariant> = {
  admin: 'default',
  member: 'secondary',
  external_partner: 'outline',
};
