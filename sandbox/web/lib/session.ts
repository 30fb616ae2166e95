import type { PageSettings, Role, Session } from '../../contract.ts';

declare global {
  interface Window {
    /** Put into the page by the server. */
    __SESSION__?: Session;
    __PAGE__?: PageSettings;
  }
}

function readSession(): Session {
  const session = window.__SESSION__;
  if (!session)
    throw new Error('This page came without a session. Open it through the sandbox, not from the files of its build.');
  return session;
}

/** Who is signed in, for as long as this page lives. */
export const session: Session = readSession();

/** What else the server told this page. */
export const page: PageSettings = window.__PAGE__ ?? { otherOrganizations: [], clickWorkMs: 0 };

type Action = 'create' | 'cancel' | 'view-settings' | 'delete-project' | 'load-test' | 'remove-member' | 'invite';

const permitted: Record<Action, readonly Role[]> = {
  create: ['admin', 'member'],
  cancel: ['admin', 'member'],
  'view-settings': ['admin', 'member'],
  'delete-project': ['admin'],
  'load-test': ['admin'],
  'remove-member': ['admin'],
  invite: ['admin'],
};

/** Whether the page offers an action to the person signed in; the server decides again. */
export function may(action: Action): boolean {
  return permitted[action].includes(session.role);
}
