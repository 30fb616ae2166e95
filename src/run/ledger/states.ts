/** The states of a project, and what it means when one does not follow from the other. The one place that says so. */

export type Witness = 'journal' | 'answer' | 'owner' | 'colleague' | 'subscription' | 'workbook' | 'list';

export type BreachKind =
  'lost' | 'duplicated' | 'leaked' | 'stuck' | 'resurrected' | 'overwritten' | 'orphaned' | 'foreign-result';

export type StateName =
  | 'intended'
  | 'refused'
  | 'accepted'
  | 'running'
  | 'reviewing'
  | 'resuming'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'deleted'
  | 'vanished';

interface State {
  readonly meaning: string;
  /** Who can tell that a project is in this state. */
  readonly witnesses: readonly Witness[];
  /** The states that may come next. A witness need not see each of them. */
  readonly next: readonly StateName[];
  /** Which breach it is when another state follows. */
  readonly otherwise: Partial<Record<StateName, BreachKind>>;
  /** Whether a project may stay here: yes; when its owner left it, or was lost; or else the breach that it is. */
  readonly end: 'permitted' | 'when-left' | BreachKind;
}

const removed = ['deleted', 'vanished'] as const;
const atWork = ['accepted', 'running', 'reviewing', 'resuming'] as const;
const ended = ['completed', 'failed', 'cancelled'] as const;

function each(names: readonly StateName[], breach: BreachKind): Partial<Record<StateName, BreachKind>> {
  return Object.fromEntries(names.map((name) => [name, breach]));
}

/** What is seen of a project that runs, reviews or has ended. */
const seen = ['owner', 'colleague', 'subscription'] as const;

export const states: Readonly<Record<StateName, State>> = {
  intended: {
    meaning: 'about to be launched',
    witnesses: ['journal'],
    next: ['refused', 'accepted'],
    otherwise: {},
    // Its worker died before the answer came: there may or may not be a project.
    end: 'when-left',
  },
  refused: {
    meaning: 'refused, so that nothing was made',
    witnesses: ['answer'],
    next: ['intended'],
    otherwise: each([...atWork, ...ended], 'orphaned'),
    end: 'permitted',
  },
  accepted: {
    meaning: 'made, and without a run yet',
    witnesses: ['answer', ...seen],
    next: ['running', 'failed', 'cancelled', ...removed],
    otherwise: {},
    end: 'stuck',
  },
  running: {
    meaning: 'queued or at work',
    witnesses: seen,
    next: ['reviewing', 'completed', 'failed', 'cancelled', ...removed],
    otherwise: each(['accepted'], 'overwritten'),
    end: 'stuck',
  },
  reviewing: {
    meaning: 'waiting for a person',
    witnesses: seen,
    next: ['resuming', 'completed', 'failed', 'cancelled', ...removed],
    otherwise: each(['accepted', 'running'], 'overwritten'),
    end: 'when-left',
  },
  resuming: {
    meaning: 'at work again after its review',
    witnesses: seen,
    next: ['completed', 'failed', 'cancelled', ...removed],
    otherwise: each(['accepted', 'running', 'reviewing'], 'overwritten'),
    end: 'stuck',
  },
  completed: {
    meaning: 'ended with a result',
    witnesses: [...seen, 'workbook'],
    next: [...removed],
    otherwise: { ...each(atWork, 'resurrected'), ...each(['failed', 'cancelled'], 'overwritten') },
    end: 'permitted',
  },
  failed: {
    meaning: 'ended with an error',
    witnesses: seen,
    next: [...removed],
    otherwise: { ...each(atWork, 'resurrected'), ...each(['completed', 'cancelled'], 'overwritten') },
    end: 'permitted',
  },
  cancelled: {
    meaning: 'ended by somebody',
    witnesses: seen,
    next: [...removed],
    otherwise: { ...each(atWork, 'resurrected'), ...each(['completed', 'failed'], 'overwritten') },
    end: 'permitted',
  },
  deleted: {
    meaning: 'in no list any more, as this run wanted it',
    witnesses: ['subscription', 'list'],
    next: [],
    otherwise: each([...atWork, ...ended], 'resurrected'),
    end: 'permitted',
  },
  vanished: {
    meaning: 'in no list any more, and nobody of this run deleted it',
    witnesses: ['subscription', 'list'],
    next: [],
    otherwise: each([...atWork, ...ended], 'resurrected'),
    end: 'lost',
  },
};

const followers = new Map<StateName, ReadonlySet<StateName>>();

/** Whether a state may come some time after another. The journal misses nothing, so no path leads through `intended`. */
export function mayFollow(earlier: StateName, later: StateName): boolean {
  let reached = followers.get(earlier);
  if (!reached) {
    const found = new Set<StateName>();
    const open: StateName[] = [...states[earlier].next];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      if (name !== 'intended') open.push(...states[name].next);
    }
    followers.set(earlier, (reached = found));
  }
  return earlier === later || reached.has(later);
}
