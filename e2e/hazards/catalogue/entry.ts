import type { Probe } from '../../../fixtures/probe.ts';

/** A probe, and which faults of the sandbox concern it. */
export interface CatalogueEntry extends Probe {
  /** The fault that it proves; none for scenes of hazards that the sandbox has no fault for. */
  readonly proves?: string;
  /** Faults that come near its scene, and must not make it find anything. */
  readonly near: readonly string[];
}

/** A product that refuses nobody for asking often. */
export const unlimited = { limits: 'none' } as const;
