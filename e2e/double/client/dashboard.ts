/** The dashboard: a card for each project, kept up to date. Runs in the page: it stands alone. */
import type { Kit, ProjectRow, RunRow } from './types.ts';

export function mountDashboard(root: HTMLElement, kit: Kit): () => void {
  const { part, element, live, session } = kit;
  const badgeOf: Readonly<Record<string, string>> = {
    in_progress: 'Processing',
    resuming: 'Processing',
    pending_review: 'Review Required',
    cancelled: 'Cancelled',
  };
  const search = root.querySelector<HTMLInputElement>('input[placeholder="Search projects..."]');
  const tabs = [...root.querySelectorAll<HTMLElement>('[role=tab]')];
  const cards = new Map<string, HTMLElement>();
  let projects: readonly ProjectRow[] | undefined;
  let runs: readonly RunRow[] | undefined;
  let tab = 'All';

  const bucketOf = (run: RunRow | undefined): string => {
    if (!run || kit.isActive(run)) return 'Active';
    return run.status === 'success' || run.status === 'partial' ? 'Completed' : 'Failed';
  };
  const cardOf = (project: ProjectRow): HTMLElement => {
    const known = cards.get(project._id);
    if (known) return known;
    const card = element('div', '', { 'data-slot': 'card', 'data-id': project._id });
    card.append(
      element('div', project.name, { 'data-slot': 'card-title' }),
      element('span', kit.ago(project._creationTime), { class: 'quiet' }),
      element('span', '', { class: 'badges' }),
    );
    card.addEventListener('click', () => {
      const waits = runs?.find((run) => run.projectId === project._id)?.status === 'pending_review';
      kit.go(`/projects/${project._id}${waits ? '/review' : ''}`);
    });
    cards.set(project._id, card);
    return card;
  };
  const label = (card: HTMLElement, run: RunRow | undefined): void => {
    const summary = run?.result?.summary;
    const texts = [
      badgeOf[run?.status ?? ''],
      ...(summary ? [`${summary.tables} tables`, `${summary.cuts} cuts`] : []),
    ].filter((text) => text !== undefined);
    const badges = card.querySelector('.badges');
    if (!badges || badges.getAttribute('data-told') === texts.join()) return;
    badges.setAttribute('data-told', texts.join());
    badges.replaceChildren(...texts.map((text) => element('span', text, { 'data-slot': 'badge' })));
    if (summary) badges.append(` | ${kit.seconds(summary.durationMs)}`);
  };
  const render = (): void => {
    if (!projects || !runs || !search) return;
    const newest = new Map(runs.map((run) => [run.projectId, run]));
    part(root, 'loading').hidden = true;
    part(root, 'empty').hidden = projects.length > 0;
    part(root, 'list').hidden = projects.length === 0;
    for (const each of tabs) {
      const name = each.dataset['tab'] ?? '';
      const count = projects.filter(({ _id }) => name === 'All' || bucketOf(newest.get(_id)) === name).length;
      each.textContent = count > 0 ? `${name} ${count}` : name;
      each.setAttribute('aria-selected', String(name === tab));
    }
    const wanted = search.value.toLowerCase();
    const shown = [...projects]
      .sort((one, other) => other._creationTime - one._creationTime)
      .filter(({ _id, name }) => tab === 'All' || (name !== '' && bucketOf(newest.get(_id)) === tab))
      .filter(({ name }) => name.toLowerCase().includes(wanted));
    const list = part(root, 'cards');
    const keep = new Set(shown.map(({ _id }) => _id));
    for (const card of [...list.children]) if (!keep.has((card as HTMLElement).dataset['id'] ?? '')) card.remove();
    shown.forEach((project, place) => {
      const card = cardOf(project);
      label(card, newest.get(project._id));
      if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null);
    });
    const none = part(root, 'none');
    none.hidden = shown.length > 0;
    none.textContent = wanted === '' ? `No ${tab.toLowerCase()} projects` : `No projects matching "${search.value}"`;
  };
  search?.addEventListener('input', render);
  for (const each of tabs)
    each.addEventListener('click', () => {
      tab = each.dataset['tab'] ?? 'All';
      render();
    });
  const ends = [
    live.watch<ProjectRow[]>('projects:listByOrg', { orgId: session.orgId }, (value) => {
      projects = value;
      render();
    }),
    live.watch<RunRow[]>('runs:listByOrg', { orgId: session.orgId }, (value) => {
      runs = value;
      render();
    }),
  ];
  return () => ends.forEach((end) => end());
}
