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
  'org-cache': {
    id: 'org-cache',
    hazard: 18,
    title: 'An analyst of two organisations changes from one to the other and launches',
    finding: 'Who has changed organisation still acts in the old one',
    severity: 'critical',
    lost: "The confidentiality of a customer's data, which another customer sees.",
    cost: 'cheap',
    setting: unlimited,
    proves: 'org-cache',
    near: ['tenant-leak', 'shared-limiter'],
  },
} as const satisfies Record<string, CatalogueEntry>;
