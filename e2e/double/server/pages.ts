/** The pages, as markup: PRODUCT.md's words, roles and slots, and nothing of React. What changes is filled in by the script. */
import { escape } from './http.ts';
import { styles } from './styles.ts';
import type { Person, State } from './state.ts';
import { wizardPage } from './wizard-page.ts';

export interface Page {
  /** What is inside the shell. */
  readonly content: string;
  /** The whole document, whose script is to open its socket there. */
  whole(syncUrl: string): string;
}

/** The page at a path; undefined where there is none. */
export function pageFor(pathname: string, person: Person, state: State): Page | undefined {
  const content = contentFor(pathname, person, state);
  if (content === undefined) return undefined;
  return { content, whole: (syncUrl) => documentWith(content, person, syncUrl) };
}

function contentFor(pathname: string, person: Person, state: State): string | undefined {
  if (pathname === '/dashboard') return dashboardPage;
  if (pathname === '/projects/new') return wizardPage;
  if (pathname === '/settings') return settingsPage(person);
  const [, projectId, review] = /^\/projects\/([^/]+)(\/review)?$/.exec(pathname) ?? [];
  if (projectId === undefined) return undefined;
  const project = state.projectsOf(person.orgId).find(({ _id }) => _id === projectId);
  if (!project) return notFoundPage;
  const name = escape(project.name);
  if (review !== undefined) return `<div data-page="review" data-project="${projectId}" data-name="${name}"></div>`;
  const created = new Date(project._creationTime).toLocaleDateString('en-US', {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
  return `<div data-page="project" data-project="${projectId}">
<div class="row"><h1>${name}</h1><span data-part="badges"></span></div>
<p class="quiet">Created on ${created}</p>
<div data-part="run"></div>
${person.role === 'admin' ? dangerZone : ''}</div>`;
}

const notFoundPage = `<div data-page="gone"><h1>Project Not Found</h1>
<p>The requested project could not be found.</p><button data-go="/dashboard">Back to Dashboard</button></div>`;

const dashboardPage = `<div data-page="dashboard">
<div class="row"><div><h1>Projects</h1><p class="quiet">Your crosstab pipeline runs</p></div>
<button data-go="/projects/new">New Project</button></div>
<div data-part="loading" class="spinner" aria-hidden="true"></div>
<p data-part="empty" hidden>No projects yet. Upload your first dataset to get started.</p>
<div data-part="list" hidden>
<input type="text" placeholder="Search projects...">
<div role="tablist">${['All', 'Active', 'Completed', 'Failed']
  .map((tab, place) => `<button role="tab" data-tab="${tab}" aria-selected="${place === 0}">${tab}</button>`)
  .join('')}</div>
<p data-part="none" hidden></p>
<div data-part="cards"></div></div></div>`;

const dangerZone = `<div data-slot="card"><div data-slot="card-title">Danger Zone</div>
<button data-act="ask-delete">Delete Project</button></div>`;

function settingsPage({ name, organization, role }: Person): string {
  const title = { admin: 'Admin', member: 'Member', external_partner: 'Partner' }[role];
  return `<div data-page="settings"><h1>Settings</h1>
<div data-slot="card"><div data-slot="card-title">Organization</div><p>${escape(organization)}</p></div>
<div data-slot="card"><div data-slot="card-title">Your Profile</div><p>${escape(name)}</p><span data-slot="badge">${title}</span></div>
<div data-slot="card"><div data-slot="card-title">Notifications</div>
<button role="switch" aria-checked="false" disabled></button></div></div>`;
}

const errorHeadings: Readonly<Record<string, string>> = {
  'no-org': 'No organization found',
  'callback-failed': 'Sign-in failed',
  removed: 'Access removed',
};

export function authErrorPage(reason: string): string {
  return `<!doctype html><html lang="en"><title>Crosstab AI</title><h1>${errorHeadings[reason] ?? 'Authentication error'}</h1>
<a href="/">Back to Home</a><form action="/auth/sign-out"><button>Sign in with a different account</button></form></html>`;
}

function documentWith(content: string, { orgId, role, name }: Person, syncUrl: string): string {
  const initials = name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
  // As JSON inside of a script it must not end it.
  const session = JSON.stringify({ orgId, role, syncUrl }).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Crosstab AI</title><style>${styles}</style></head><body>
<div class="shell"><aside>
<button data-go="/dashboard">Ct Crosstab AI</button>
<button data-go="/dashboard">Dashboard</button>
<button data-go="/projects/new">New Project</button>
<div data-part="recent"><button disabled>Loading...</button></div>
<button data-go="/settings">Settings</button></aside>
<main><header><nav aria-label="breadcrumb"><a href="/dashboard">Dashboard</a></nav>
<button data-act="menu" aria-haspopup="menu">${escape(initials)}</button>
<div role="menu" hidden><div role="menuitem" tabindex="0" data-go="/settings">Settings</div><div role="menuitem" tabindex="0" data-act="sign-out">Sign out</div></div></header>
<main data-part="content">${content}</main></main></div>
<section aria-label="Notifications alt+T" aria-live="polite"><ol data-part="toasts"></ol></section>
<script type="application/json" id="session">${session}</script><script src="/client.js"></script></body></html>`;
}
