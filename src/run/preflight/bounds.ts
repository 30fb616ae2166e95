/** Whether a run on an attached product stays within its bounds, by what it will ask of it. */
import type { SurveyBundle } from '../../../datasets/catalog-schema.ts';
import type { Assignment } from '../accounts.ts';
import { brokenCeilings, hourMs } from '../ceilings.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { analystId } from '../identity.ts';
import { launchesSince, type PastLaunch } from '../launch-history.ts';
import { shareOut } from '../profile.ts';
import type { Settings } from '../settings.ts';
import { estimate, type Estimate } from './estimate.ts';
import type { Undertaking } from './readiness.ts';
import { selectedTitles } from './selection.ts';

export interface Meant {
  readonly undertaking: Undertaking;
  /** The command line, from the runner's own command on. */
  readonly args: readonly string[];
  /** Whether hazard probes run. */
  readonly probes: boolean;
  /** Unknown where accounts cannot be given out: then all analysts count as of one organisation. */
  readonly assignment: Assignment | undefined;
  readonly bundles: readonly SurveyBundle[] | undefined;
}

/** @throws ConfigurationError: every ceiling that would be broken. */
export async function estimateWithinBounds(meant: Meant): Promise<Estimate> {
  const { settings, target } = meant.undertaking;
  const now = Date.now();
  const windowMs = Math.max(hourMs, Number(settings.LAUNCH_LIMIT.split('/')[1] ?? 0) * 60_000);
  const launched = await launchesSince(settings.RESULTS_DIR, target.baseUrl, now - windowMs);
  const found = estimate(settings, { analysts: analystsByOrganization(meant), earlier: byOrganization(launched, now) });
  const broken = brokenCeilings(settings, {
    estimate: found,
    probes: meant.probes,
    earlier: launched.filter(({ at }) => at >= now - hourMs),
    now,
  });
  if (broken.length > 0) throw new ConfigurationError(broken.join('\n'));
  return found;
}

/** How many of the selected analysts belong to each organisation. */
function analystsByOrganization({ undertaking: { settings }, args, assignment, bundles }: Meant): Map<string, number> {
  const titles = titlesOf(settings, bundles ?? []);
  const selected = new Set(selectedTitles(args, titles));
  const counts = new Map<string, number>();
  titles.forEach((title, index) => {
    if (!selected.has(title)) return;
    const organization = assignment?.analysts[index]?.organization ?? 'all';
    counts.set(organization, (counts.get(organization) ?? 0) + 1);
  });
  return counts;
}

/** The titles of the analysts' tests, as the main job gives them. */
function titlesOf({ ANALYSTS, SEED }: Settings, bundles: readonly SurveyBundle[]): string[] {
  const dealt = bundles.length === 0 ? [] : shareOut(SEED, bundles, ANALYSTS);
  return Array.from(
    { length: ANALYSTS },
    (_, index) => `${analystId(index, ANALYSTS)} · ${dealt[index]?.name ?? 'unknown'}`,
  );
}

/** How many minutes ago each organisation's launches were. */
function byOrganization(launched: readonly PastLaunch[], now: number): Map<string, number[]> {
  const ago = new Map<string, number[]>();
  for (const { organization, at } of launched)
    ago.set(organization, [...(ago.get(organization) ?? []), (now - at) / 60_000]);
  return ago;
}
