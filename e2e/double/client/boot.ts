/** Around the pages: their socket, toasts, the sidebar, and the way from one to the next. Runs in the page: it stands alone. */
import type { Kit, Live, Mount, PageSession, ProjectRow, RunRow } from './types.ts';

export function boot(openLive: (url: string) => Live, pages: Readonly<Record<string, Mount>>): void {
  const session = JSON.parse(document.getElementById('session')?.textContent ?? '') as PageSession;
  const part = (root: ParentNode, name: string): HTMLElement => {
    const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The page has no part ${name}.`);
    return found;
  };
  const element = (tag: string, text = '', attributes: Readonly<Record<string, string>> = {}): HTMLElement => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const activeStatuses = ['in_progress', 'pending_review', 'resuming'];
  const live = openLive(session.syncUrl);
  let end: () => void = () => undefined;
  let last = 0;

  const mount = (): void => {
    const root = document.querySelector<HTMLElement>('main main [data-page]');
    const page = root ? pages[root.dataset['page'] ?? ''] : undefined;
    end = root && page ? page(root, kit) : () => undefined;
  };
  const show = async (path: string): Promise<void> => {
    const mine = (last += 1);
    try {
      const response = await fetch(path, { headers: { 'x-part': 'content' } });
      const markup = await response.text();
      if (mine !== last) return;
      end();
      part(document, 'content').innerHTML = markup;
      mount();
    } catch {
      // The session is over: the way to the sign-in leads to another origin.
      location.assign(path);
    }
  };
  const kit: Kit = {
    session,
    live,
    part,
    element,
    toast(type, title, description) {
      const toast = element('li', '', { 'data-sonner-toast': '', 'data-type': type });
      toast.append(element('div', title, { 'data-title': '' }));
      if (description !== undefined) toast.append(element('div', description, { 'data-description': '' }));
      part(document, 'toasts').append(toast);
      setTimeout(() => toast.remove(), 4200);
    },
    go(path) {
      history.pushState({}, '', path);
      void show(path);
    },
    isActive: (run) => run !== undefined && activeStatuses.includes(run.status),
    ago(at) {
      const minutes = Math.floor((Date.now() - at) / 60_000);
      if (minutes < 1) return 'Just now';
      const [count, unit] =
        minutes < 60
          ? [minutes, 'minute']
          : minutes < 1440
            ? [Math.floor(minutes / 60), 'hour']
            : [Math.floor(minutes / 1440), 'day'];
      return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
    },
    seconds(ms) {
      const whole = Math.round(ms / 1000);
      return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${whole % 60}s`;
    },
  };

  document.addEventListener('click', ({ target }) => {
    const clicked = target instanceof Element ? target.closest<HTMLElement>('[data-go], [data-act]') : null;
    const { go, act } = clicked?.dataset ?? {};
    const menu = document.querySelector<HTMLElement>('header [role=menu]');
    if (menu) menu.hidden = act !== 'menu' || !menu.hidden;
    if (act === 'sign-out') location.assign('/auth/sign-out');
    if (go !== undefined) kit.go(go);
  });
  addEventListener('popstate', () => void show(location.pathname));

  let projects: readonly ProjectRow[] | undefined;
  let runs: readonly RunRow[] = [];
  const sidebar = (): void => {
    if (!projects) return;
    const recent = [...projects].sort((one, other) => other._creationTime - one._creationTime).slice(0, 5);
    part(document, 'recent').replaceChildren(
      ...recent.map(({ _id, name }) => {
        const waits = runs.some(({ projectId, status }) => projectId === _id && status === 'pending_review');
        return element('button', name, { 'data-go': `/projects/${_id}${waits ? '/review' : ''}` });
      }),
      ...(recent.length === 0 ? [element('button', 'No projects yet', { disabled: '' })] : []),
    );
  };
  live.watch<ProjectRow[]>('projects:listByOrg', { orgId: session.orgId }, (value) => {
    projects = value;
    sidebar();
  });
  live.watch<RunRow[]>('runs:listByOrg', { orgId: session.orgId }, (value) => {
    runs = value;
    sidebar();
  });
  mount();
}
