/** Bundles and amounts that are out of the ordinary. */
import { unlimited, type CatalogueEntry } from './entry.ts';

export const input = {
  'rate-limit': {
    id: 'rate-limit',
    title: 'An organisation launches up to its limit, and once more when it was told to come again',
    finding: 'The rate limit refuses the wrong launches, or does not keep its word on when they may come again',
    severity: 'major',
    lost: 'Launches that were allowed, or the time of whoever waits for them.',
    cost: 'costly',
    // Fifteen seconds instead of ten minutes.
    setting: { limits: 'production', limitWindow: 0.025 },
    needsOwn: 'it uses up what an organisation is allowed, which others then lack',
    near: ['shared-limiter', 'duplicate-name'],
  },
  'thousand-projects': {
    id: 'thousand-projects',
    title: 'A dashboard of a thousand projects, with runs under way',
    finding: 'Among a thousand projects a dashboard does not keep up, does not find, or counts wrongly',
    severity: 'major',
    lost: 'The overview of whoever has used the product for long.',
    cost: 'costly',
    // Half of them in each organisation, more or less.
    setting: { limits: 'none', seeded: { projects: 2100, pending: 400 } },
    needsOwn: 'it needs an organisation with a thousand projects',
    near: ['whole-list-push'],
  },
  'bad-bundles': {
    id: 'bad-bundles',
    title: 'An analyst hands over files that cannot be used, one bundle after another',
    finding: 'Files that cannot be used are not refused with a clear word, or leave something behind',
    severity: 'major',
    lost: 'The time of a run that cannot succeed, or the name of the project.',
    cost: 'costly',
    setting: unlimited,
    near: ['runless-project', 'duplicate-name'],
  },
} as const satisfies Record<string, CatalogueEntry>;
