/**
 * The faults that the sandbox can be given, each a defect as the real product has or could have it. All are off by default.
 * What each looks like from outside stands in `does`; where it acts is the one place in the sandbox that asks for its name.
 */

export interface Amount {
  /** What the number after `=` says, with its unit. */
  readonly meaning: string;
  readonly default: number;
  readonly least: number;
  readonly most: number;
}

export interface FaultSpec {
  /** The hazard's number among those seen in the product; none for what any product of this kind could have. */
  readonly hazard?: number;
  readonly does: string;
  readonly amount?: Amount;
}

const day = 86_400_000;
const milliseconds = (meaning: string, standard: number, most = day): Amount => ({
  meaning: `${meaning}, in milliseconds`,
  default: standard,
  least: 0,
  most,
});
const share = (meaning: string, standard: number): Amount => ({ meaning, default: standard, least: 0, most: 1 });

export const faultRegistry = {
  'duplicate-name': {
    hazard: 1,
    does: 'The name is looked up before the files are stored and not again: simultaneous launches of one name all succeed.',
    amount: milliseconds('How long storing the files of a launch takes', 400, 60_000),
  },
  'runless-project': {
    hazard: 2,
    does: 'The project is made before its files are received: a failing upload leaves one without a run, and the name is taken.',
  },
  'double-review': {
    hazard: 3,
    does: 'Whether a review was taken is looked up before the decisions are stored and not again: two submissions both succeed, and the pipeline runs twice.',
    amount: milliseconds('How long storing the decisions of a review takes', 400, 60_000),
  },
  'stale-review': { hazard: 4, does: 'A review looks only at the review state: it is accepted for a cancelled run.' },
  'cancel-overwritten': {
    hazard: 5,
    does: 'Ends of runs are written without a guard, and late stages do not look for a cancel: success overwrites cancelled, and cancelled overwrites success.',
  },
  'cancel-resurrects': {
    hazard: 6,
    does: 'A cancelled run stays in the queue: when its slot frees, it shows in progress until it notices.',
  },
  'zombie-run': {
    hazard: 7,
    does: 'The tables go on when the banner has failed: their last progress puts the failed run back in progress, for ever.',
  },
  'starved-queue': {
    hazard: 8,
    does: 'Queued runs have no heartbeat: one that waits long is taken for dead and marked an error, then starts all the same.',
    amount: milliseconds('Silence after which a run is taken for dead', 3000),
  },
  'slot-overrun': { hazard: 9, does: 'Reviewed runs go on at once, however many compute already.' },
  'serial-writes': {
    hazard: 10,
    does: 'Every write of the server waits in one queue, one at a time.',
    amount: milliseconds('How long each write takes', 200, 60_000),
  },
  'whole-list-push': {
    hazard: 11,
    does: 'The list of runs carries whole results and review states: each change sends all of them again to every tab.',
  },
  'shared-limiter': {
    hazard: 12,
    does: 'The rate limit is counted per route only: one organisation uses up what another is allowed.',
  },
  'lost-on-restart': { hazard: 13, does: 'Queue and running work are only in memory: a restart forgets them.' },
  'ghost-slot': {
    hazard: 14,
    does: 'Clean-up deletes active runs without stopping them: their work goes on unseen and keeps its slot.',
  },
  'lost-update': {
    hazard: 15,
    does: 'A resumed run writes its whole result back as it was when it resumed: feedback given meanwhile is gone.',
  },
  'theme-swap': {
    hazard: 16,
    does: 'The workbook theme is kept in one place for all runs: simultaneous runs take that of the one that started last.',
  },
  'output-collision': {
    hazard: 17,
    does: 'Runs write into a folder named after data file and time: runs of one file name share it, and somebody downloads a workbook that is not theirs.',
    amount: milliseconds('How far apart two starts must be for folders of their own', 60_000),
  },
  'org-cache': {
    hazard: 18,
    does: 'Who somebody is, organisation included, is remembered by user only: after changing organisation one still acts in the old one.',
    amount: milliseconds('How long it is remembered', 300_000),
  },
  'tenant-leak': {
    does: 'The list of projects is read without its organisation: projects of others are sent along.',
  },
  'dropped-update': {
    does: 'A status change of a run is not sent to who already watches it: only a reload shows it.',
    amount: share('Share of status changes', 1),
  },
  'reordered-update': {
    does: 'Pushes overtake each other: a newer state arrives, then the one before it.',
    amount: share('Share of pushes that are overtaken', 0.5),
  },
  'no-resync': {
    does: 'A client that comes back is answered with what it was last sent: what changed meanwhile is missing.',
  },
  'socket-flap': {
    does: 'Sockets break off without a close frame.',
    amount: share('Chance of each socket in each second', 0.1),
  },
  'slow-inp': {
    does: 'Each click on the dashboard blocks the main thread.',
    amount: milliseconds('How long', 400, 60_000),
  },
} as const satisfies Record<string, FaultSpec>;

export type FaultName = keyof typeof faultRegistry;
/** Faults that take a number. */
export type MeasuredFault = {
  [Name in FaultName]: (typeof faultRegistry)[Name] extends { amount: Amount } ? Name : never;
}[FaultName];

export const faultNames = Object.keys(faultRegistry) as FaultName[];

export function specOf(name: FaultName): FaultSpec {
  return faultRegistry[name];
}
