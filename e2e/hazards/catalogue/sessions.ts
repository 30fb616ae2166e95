/** Sessions, connections and pages that break off and come back. */
import { unlimited, type CatalogueEntry } from './entry.ts';

export const sessions = {
  'broken-line': {
    id: 'broken-line',
    title: 'A connection breaks off in the moment in which a status changes',
    finding: 'A status that changes while a connection breaks off is not shown when it is back',
    severity: 'major',
    lost: 'The change, until somebody reloads.',
    cost: 'costly',
    luck: { rate: 0.7, confidence: 0.9 },
    setting: unlimited,
    near: ['socket-flap', 'whole-list-push'],
  },
  'page-asleep': {
    id: 'page-asleep',
    title: 'A laptop sleeps while colleagues work, and wakes',
    finding: 'A page that slept does not show what happened meanwhile, or has lost what was entered',
    severity: 'major',
    lost: 'Whatever happened meanwhile, or the entries of a project that was about to be launched.',
    cost: 'costly',
    setting: unlimited,
    near: ['dropped-update', 'socket-flap'],
  },
  'session-over-wizard': {
    id: 'session-over-wizard',
    title: 'Sessions end in the wizard, before the upload and before the launch',
    finding: 'An analyst whose session ends in the wizard is not sent to sign in, or something half made stays',
    severity: 'major',
    lost: 'The work on a project, and its name.',
    cost: 'costly',
    setting: unlimited,
    near: ['runless-project', 'duplicate-name'],
  },
  'session-over-dashboard': {
    id: 'session-over-dashboard',
    title: 'A session ends while a dashboard is open, and its connection breaks off',
    finding: 'A dashboard whose session is over goes on showing what was, and does not say so',
    severity: 'major',
    lost: 'The present state: whoever watches waits for what has long happened.',
    cost: 'costly',
    setting: unlimited,
    near: ['no-resync', 'socket-flap'],
  },
} as const satisfies Record<string, CatalogueEntry>;
