let asking = false;

/**
 * Leads to the sign-in, and back to this page afterwards, when the session is over: a page is then a redirect to another
 * origin. Otherwise, and while the server cannot be reached, nothing happens.
 */
export async function signInIfOver(): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    const { type } = await fetch(window.location.href, { method: 'HEAD', redirect: 'manual' });
    if (type === 'opaqueredirect') window.location.reload();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // No network.
  } finally {
    asking = false;
  }
}
