/** Launching: names, uploads, and how often one may. */
import { unlimited, type CatalogueEntry } from './entry.ts';

export const launching = {
  'duplicate-name': {
    id: 'duplicate-name',
    hazard: 1,
    title: 'Three analysts launch projects of one name at the same moment',
    finding:
      'Launching one name at the same moment does not leave exactly one project and a clear refusal for the rest',
    severity: 'major',
    lost: 'Two projects cannot be told apart, or a colleague is refused with an error that does not say why.',
    cost: 'cheap',
    luck: { rate: 0.9, confidence: 0.99 },
    setting: unlimited,
    proves: 'duplicate-name',
    near: ['runless-project', 'shared-limiter'],
  },
  'runless-project': {
    id: 'runless-project',
    hazard: 2,
    title: 'A page is left in the middle of an upload',
    finding: 'A launch whose upload broke off leaves a project without a run, and its name is taken',
    severity: 'major',
    lost: 'The name of the project, which can neither be used nor explained.',
    cost: 'cheap',
    setting: unlimited,
    proves: 'runless-project',
    near: ['duplicate-name', 'tenant-leak'],
  },
  'shared-limiter': {
    id: 'shared-limiter',
    hazard: 12,
    title: 'One organisation launches until it is refused; then another does',
    finding: 'The rate limit of one organisation stops another',
    severity: 'major',
    lost: 'The service, for what other customers do.',
    cost: 'costly',
    setting: { limits: 'production' },
    needsOwn: 'it uses up what an organisation is allowed, which others then lack',
    proves: 'shared-limiter',
    near: ['duplicate-name', 'org-cache'],
  },
} as const satisfies Record<string, CatalogueEntry>;
