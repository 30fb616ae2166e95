/** What one organisation learns of another. */
import { unlimited, type CatalogueEntry } from './entry.ts';

export const privacy = {
  'tenant-leak': {
    id: 'tenant-leak',
    title: 'Analysts of two organisations work at the same time',
    finding: 'The project of one organisation reaches an analyst of another',
    severity: 'critical',
    lost: 'The confidentiality of what customers do.',
    cost: 'cheap',
    setting: unlimited,
    proves: 'tenant-leak',
    near: ['org-cache', 'shared-limiter', 'whole-list-push'],
  },
} as const satisfies Record<string, CatalogueEntry>;
