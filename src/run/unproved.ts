/** What a run can neither measure nor prove because of how its analysts get in. */
import type { Settings } from './settings.ts';

/** A few words each, for the summary; none where everybody is somebody of their own. */
export function unproved(authMode: unknown): readonly string[] {
  if (authMode !== 'bypass') return [];
  return [
    'everybody is the same user (AUTH_MODE=bypass)',
    'no leak between organizations can show',
    'rate limits are one for all',
    'nobody can tell who of several reviewed',
    'sign-ins are not timed',
    'roles do not differ',
  ];
}

/** The same before the run, as sentences. */
export function remarksOnEntry({ AUTH_MODE, TOKEN_COOKIE }: Pick<Settings, 'AUTH_MODE' | 'TOKEN_COOKIE'>): string[] {
  const words = unproved(AUTH_MODE);
  return [
    ...(words.length === 0 ? [] : [`Not proved by this run: ${words.join('; ')}.`]),
    ...(AUTH_MODE === 'token' && TOKEN_COOKIE === undefined
      ? [
          'The token travels in a header, which WebSockets cannot carry: if lists stay empty, set TOKEN_COOKIE. Pausing each request for it costs the pages some time.',
        ]
      : []),
  ];
}
