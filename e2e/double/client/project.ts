/** A project's page: its run as it goes, its workbooks, and the way to delete it. Runs in the page: it stands alone. */
import type { Kit, RunRow } from './types.ts';

export function mountProject(root: HTMLElement, kit: Kit): () => void {
  const { part, element, live, session } = kit;
  const projectId = root.dataset['project'] ?? '';
  const badgeOf: Readonly<Record<string, string>> = {
    success: 'Success',
    partial: 'Partial',
    error: 'Error',
    in_progress: 'In Progress',
    resuming: 'In Progress',
    pending_review: 'Review Required',
    cancelled: 'Cancelled',
  };
  const labels: Readonly<Record<string, string>> = {
    'crosstabs.xlsx': 'Crosstabs',
    'crosstabs-weighted.xlsx': 'Crosstabs (Weighted)',
    'crosstabs-unweighted.xlsx': 'Crosstabs (Unweighted)',
    'crosstabs-counts.xlsx': 'Crosstabs (Counts)',
    'crosstabs-weighted-counts.xlsx': 'Crosstabs (Weighted Counts)',
  };
  const steps: readonly (readonly [string, number])[] = [
    ['Parsing Data', 15],
    ['Analyzing & Building Tables', 55],
    ['Review', 56],
    ['Validating & Refining', 88],
    ['Running Analysis', 97],
    ['Generating Excel', 101],
  ];
  const card = (title: string, ...content: readonly (Node | string)[]): HTMLElement => {
    const box = element('div', '', { 'data-slot': 'card' });
    box.append(element('div', title, { 'data-slot': 'card-title' }), ...content);
    return box;
  };
  const cancel = async (button: HTMLButtonElement, runId: string): Promise<void> => {
    button.textContent = 'Cancelling...';
    button.disabled = true;
    const response = await fetch(`/api/runs/${runId}/cancel`, { method: 'POST' });
    if (!response.ok) kit.toast('error', 'Failed to cancel run');
  };
  let cancelling = '';
  const progress = (run: RunRow): HTMLElement => {
    const list = element('ol');
    const now = run.status === 'pending_review' ? 'Review' : steps.find(([, until]) => run.progress < until)?.[0];
    for (const [name] of steps) {
      if (name === 'Review' && run.status === 'in_progress') continue;
      const line = element('li', name);
      if (name === now) line.append(element('p', run.message, { class: 'quiet' }));
      list.append(line);
    }
    const box = card('Pipeline Progress', list);
    if (run.status === 'pending_review') {
      const open = element('button', 'Review Now');
      open.addEventListener('click', () => kit.go(`/projects/${projectId}/review`));
      box.append(open);
    } else if (session.role !== 'external_partner') {
      const asked = cancelling === run._id;
      const button = element('button', asked ? 'Cancelling...' : 'Cancel') as HTMLButtonElement;
      button.disabled = asked;
      button.addEventListener('click', () => {
        cancelling = run._id;
        void cancel(button, run._id);
      });
      box.append(button);
    }
    return box;
  };
  const outputs = (run: RunRow | undefined): HTMLElement => {
    const files = run?.result?.r2Files?.outputs ?? [];
    if (!run || files.length === 0) {
      const waits = kit.isActive(run);
      return card(
        'Output Files',
        element('p', waits ? 'Output files will appear here once processing completes.' : 'No output files available.'),
      );
    }
    return card(
      'Output Files',
      ...files.map((file) => {
        const line = element('div', '', { class: 'row' });
        const link = element('a', '', { href: `/api/runs/${run._id}/download/${file}` });
        link.append(element('button', 'Download', { type: 'button', tabindex: '-1' }));
        line.append(element('span', labels[file] ?? file), link);
        return line;
      }),
    );
  };
  const render = (run: RunRow | undefined): void => {
    const active = kit.isActive(run);
    const summary = run?.result?.summary;
    const badges = [
      badgeOf[run?.status ?? ''] ?? 'Processing',
      ...(run && active ? [`${run.progress}%`] : []),
      ...(summary ? [`Duration: ${kit.seconds(summary.durationMs)}`] : []),
    ];
    part(root, 'badges').replaceChildren(...badges.map((text) => element('span', text, { 'data-slot': 'badge' })));
    part(root, 'run').replaceChildren(
      ...(run && active ? [progress(run)] : []),
      ...(run?.status === 'cancelled' ? [card('Pipeline Cancelled', element('p', run.message))] : []),
      ...(run?.status === 'error' ? [card('Pipeline Error', element('p', run.error ?? 'Processing error'))] : []),
      ...(summary ? [card('Summary Statistics', element('p', `${summary.tables} tables, ${summary.cuts} cuts`))] : []),
      outputs(run),
    );
  };

  const remove = async (dialog: HTMLElement): Promise<void> => {
    const response = await fetch(`/api/projects/${projectId}`, { method: 'DELETE' });
    if (!response.ok) {
      kit.toast('error', 'Failed to delete project', ((await response.json()) as { error?: string }).error);
      return;
    }
    dialog.remove();
    kit.toast('success', 'Project deleted');
    kit.go('/dashboard');
  };
  const askToDelete = (): void => {
    const name = root.querySelector('h1')?.textContent ?? '';
    const dialog = element('div', '', { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Delete project' });
    const box = element('input', '', { 'aria-label': 'Type the project name to confirm' }) as HTMLInputElement;
    const [keep, confirm] = [element('button', 'Cancel'), element('button', 'Delete Project') as HTMLButtonElement];
    confirm.disabled = true;
    box.addEventListener('input', () => (confirm.disabled = box.value !== name));
    keep.addEventListener('click', () => dialog.remove());
    confirm.addEventListener('click', () => void remove(dialog));
    dialog.append(element('h2', 'Delete project'), box, keep, confirm);
    document.body.append(dialog);
  };
  root.querySelector('[data-act=ask-delete]')?.addEventListener('click', askToDelete);
  const ends = [
    live.watch('projects:get', { orgId: session.orgId, projectId }, () => undefined),
    live.watch<RunRow[]>('runs:getByProject', { orgId: session.orgId, projectId }, (runs) => render(runs.at(-1))),
  ];
  return () => ends.forEach((end) => end());
}
