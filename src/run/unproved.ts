/** What a run can neither measure nor prove because of how its analysts get in. */

/** A few words each, for the preflight, the console and the report; none where everybody is somebody of their own. */
export function unproved(authMode: unknown): readonly string[] {
  if (authMode !== 'bypass') return [];
  return [
    'everybody is the same user in one organization (AUTH_MODE=bypass)',
    'no leak between organizations can show',
    'rate limits are one for all',
    'nobody can tell who of several reviewed',
    'sign-ins are not timed',
    'roles do not differ',
  ];
}
