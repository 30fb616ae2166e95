/** How far a run on somebody's staging may go: analysts, launches within an hour, cost. Nothing of this holds for the sandbox. Pure. */
import type { PastLaunch } from './launch-history.ts';
import type { Estimate } from './preflight/estimate.ts';
import type { Settings } from './settings.ts';

export const hourMs = 3_600_000;

export interface Planned {
  readonly estimate: Pick<Estimate, 'analysts' | 'launches' | 'cost'>;
  /** Whether hazard probes follow, which launch projects of their own. */
  readonly probes: boolean;
  /** Launches of earlier runs on this product within the last hour. */
  readonly earlier: readonly PastLaunch[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Ceilings = Pick<Settings, 'MAX_ANALYSTS' | 'MAX_LAUNCHES_PER_HOUR' | 'MAX_COST' | 'COST_PER_RUN'>;

/** Each ceiling that a run would break, as a sentence that says what to do. */
export function brokenCeilings(settings: Ceilings, { estimate, probes, earlier, now }: Planned): string[] {
  const { MAX_ANALYSTS, MAX_LAUNCHES_PER_HOUR, MAX_COST, COST_PER_RUN } = settings;
  const broken: string[] = [];
  if (estimate.analysts > MAX_ANALYSTS)
    broken.push(
      `${estimate.analysts} analysts would take part, and MAX_ANALYSTS is ${MAX_ANALYSTS}: lower ANALYSTS, or raise MAX_ANALYSTS if the product may bear more.`,
    );
  const inTheHour = earlier.length + estimate.launches;
  if (estimate.launches > 0 && inTheHour > MAX_LAUNCHES_PER_HOUR)
    broken.push(
      `This run may launch ${estimate.launches} projects, and ${earlier.length} were launched on this product within the last hour: ${inTheHour} together, and MAX_LAUNCHES_PER_HOUR is ${MAX_LAUNCHES_PER_HOUR}. ${remedy(earlier, estimate.launches, MAX_LAUNCHES_PER_HOUR, now)}`,
    );
  if (MAX_COST === undefined) return broken;
  if (estimate.cost > Number(MAX_COST))
    broken.push(
      `This run may cost ${amount(estimate.cost)} (${estimate.launches} launches at COST_PER_RUN=${COST_PER_RUN}), and MAX_COST is ${MAX_COST}: lower ANALYSTS, or raise MAX_COST.`,
    );
  if (probes && COST_PER_RUN > 0)
    broken.push(
      `MAX_COST is ${MAX_COST}, but hazard probes are to run, and how much they launch depends on what they find: set PROBES=none, or leave MAX_COST empty.`,
    );
  return broken;
}

/** A sum of money, to the second place where it has one. */
export function amount(cost: number): string {
  return Number.isInteger(cost) ? `${cost}` : cost.toFixed(2);
}

/** When enough of the earlier launches will be more than an hour old; where that helps. */
function remedy(earlier: readonly PastLaunch[], launches: number, most: number, now: number): string {
  const fewer = 'lower ANALYSTS, or raise MAX_LAUNCHES_PER_HOUR if the product may bear more.';
  const lastInTheWay = earlier[earlier.length + launches - most - 1];
  if (lastInTheWay === undefined) return `Either ${fewer}`;
  const minutes = Math.ceil((lastInTheWay.at + hourMs - now) / 60_000);
  return `Wait ${minutes} min, ${fewer}`;
}
