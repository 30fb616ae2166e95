/** The probes there are: what each tries, what its finding says, and what it costs. `npm run detection` reads it, too. */
import type { Probe } from '../../fixtures/probe.ts';

/** A probe, and which faults of the sandbox concern it. */
export interface CatalogueEntry extends Probe {
  /** The fault that it proves; none for scenes of hazards that the sandbox has no fault for. */
  readonly proves?: string;
  /** Faults that come near its scene, and must not make it find anything. */
  readonly near: readonly string[];
}

export const catalogue = {
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
    setting: { limits: 'none' },
    proves: 'duplicate-name',
    near: ['runless-project', 'shared-limiter'],
  },
  'dropped-update': {
    id: 'dropped-update',
    title: 'An analyst watches a card while its run begins and is cancelled',
    finding: 'A change of status never reaches a dashboard that is open; only a reload shows it',
    severity: 'major',
    lost: 'Whoever watches the dashboard waits for something that has long happened, such as a review.',
    cost: 'cheap',
    setting: { limits: 'none' },
    proves: 'dropped-update',
    near: ['reordered-update', 'no-resync', 'serial-writes', 'socket-flap'],
  },
} as const satisfies Record<string, CatalogueEntry>;
