/** Which probes an invocation asks for, from its arguments and the setting PROBES. */
import { ONBOARDING } from './invitations.ts';
import { handOn, received, type Settings } from './settings.ts';

/** `named`: whichever the arguments select; the others follow the main job. */
export type ProbesAsked = 'named' | 'cheap' | 'all' | 'none';

/** Options by which somebody selects tests: what they select is what they get, and nothing follows it. */
const selecting =
  /^(--project|--grep|--grep-invert|-g|-gv|--shard|--last-failed|--only-changed|--test-list)(=|$)|\.spec\b|^e2e\b/;

/**
 * Probes are named by their project, a tag or a file; whoever selects anything else gets no probes. A run that selects
 * nothing is the main job and then the probes that the setting says.
 */
export function probesAsked(
  args: readonly string[],
  ids: readonly string[],
  following: Exclude<ProbesAsked, 'named'>,
): ProbesAsked {
  if (args.some((arg) => /hazard/.test(arg) || ids.some((id) => arg.includes(id)))) return 'named';
  return args.some((arg) => selecting.test(arg)) ? 'none' : following;
}

/** What this run asks for: decided by the first process that asks, whose arguments are the user's, and handed on to the workers. */
export function readProbesAsked(ids: readonly string[], { PROBES, JOURNEY }: Settings): ProbesAsked {
  if (received('probes') === undefined)
    handOn(
      'probes',
      probesAsked(process.argv.slice(2), ids, ['browse', ONBOARDING].includes(JOURNEY) ? 'none' : PROBES),
    );
  return received('probes') as ProbesAsked; // Nobody else writes it.
}
