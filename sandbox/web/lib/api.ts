/** An answer of the API that was not a success; `message` is the server's own sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/**
 * Calls the JSON API. An expired session shows as a redirect to the sign-in page of another origin, which a script may
 * not follow: the page is then loaded again, and the server leads the person to sign in and back.
 * Throws ApiError with the server's `error`, or `fallback` where there is none; TypeError when the server is unreachable.
 */
export async function callApi<T>(path: string, init: RequestInit, fallback: string): Promise<T> {
  const response = await fetch(path, { ...init, redirect: 'manual' });
  if (response.type === 'opaqueredirect') {
    window.location.reload();
    return new Promise<never>(() => undefined);
  }
  if (!response.ok) throw new ApiError((await errorText(response)) ?? fallback, response.status);
  return (await response.json()) as T;
}

/** As `callApi`, with a JSON body. */
export function sendJson<T>(method: 'POST' | 'PATCH', path: string, body: unknown, fallback: string): Promise<T> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return callApi<T>(path, init, fallback);
}

async function errorText(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  return typeof body.error === 'string' ? body.error : undefined;
}

/** What to tell a person about something that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Unknown error';
}
