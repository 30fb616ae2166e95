/** Where the links of invitations lead: to the product, to its sign-in, or to a host that was allowed by name. */
import type { Account } from '../../run/accounts.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';
import { ONBOARDING } from '../../run/invitations.ts';
import { refuseUnsafeTarget } from '../../run/safety.ts';
import type { Settings } from '../../run/settings.ts';

const mostRedirects = 5;

interface Wanted {
  readonly baseUrl: string;
  readonly settings: Pick<Settings, 'JOURNEY' | 'ALLOWED_HOSTS'>;
  readonly timeoutMs: number;
}

/** @throws ConfigurationError that names who is invited to where, and never the link. */
export async function mustLeadToProduct(
  analysts: readonly Account[],
  { baseUrl, settings: { JOURNEY, ALLOWED_HOSTS }, timeoutMs }: Wanted,
): Promise<void> {
  if (JOURNEY !== ONBOARDING) return;
  const without = analysts.find(({ invitation }) => invitation === undefined);
  // Those that have one may be in use by another run.
  if (without)
    throw new ConfigurationError(
      `${without.email} would take part without an invitation, for too few accounts with one are free: wait until the other run has ended, or lower ANALYSTS.`,
    );
  const own = hostOf(baseUrl);
  const strange = analysts.filter(
    ({ invitation }) =>
      invitation !== undefined &&
      hostOf(invitation) !== own &&
      refuseUnsafeTarget(invitation, ALLOWED_HOSTS) !== undefined,
  );
  if (strange.length === 0) return;
  const signIn = await signInHosts(baseUrl, timeoutMs);
  const sentences = strange.flatMap(({ email, invitation = '' }) => {
    const host = hostOf(invitation);
    return signIn.has(host)
      ? []
      : [
          `The invitation of ${email} leads to ${host}, which is neither the product's host (${own}) nor its sign-in's (${[...signIn].join(', ') || 'none found'}): correct the link in the accounts file, or, if it is of your staging, add the host to ALLOWED_HOSTS.`,
        ];
  });
  if (sentences.length > 0) throw new ConfigurationError(sentences.join('\n'));
}

/** The hosts over which somebody without a session is led from the dashboard; the first that is another's is the sign-in's, and is not asked. */
async function signInHosts(baseUrl: string, timeoutMs: number): Promise<ReadonlySet<string>> {
  const hosts = new Set<string>();
  let url = new URL('/dashboard', baseUrl);
  for (let hop = 0; hop < mostRedirects && url.origin === new URL(baseUrl).origin; hop += 1) {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    const target = response.headers.get('location');
    if (target === null || !URL.canParse(target, url)) break;
    url = new URL(target, url);
    hosts.add(url.hostname);
  }
  return hosts;
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
