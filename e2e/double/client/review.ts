/** The review: a card for each column that the product is not certain about. Runs in the page: it stands alone. */
import type { FlaggedColumnRow, Kit, RunRow } from './types.ts';

export function mountReview(root: HTMLElement, kit: Kit): () => void {
  const { element, live, session } = kit;
  interface Decision {
    action: 'approve' | 'select_alternative' | 'provide_hint' | 'skip';
    selectedAlternative?: number;
    hint?: string;
  }
  const projectId = root.dataset['project'] ?? '';
  const decisions: Decision[] = [];
  let shownFor: string | undefined;

  const columnCard = (column: FlaggedColumnRow, place: number): HTMLElement => {
    const card = element('div', '', { 'data-slot': 'card' });
    const hint = element('input', '', { placeholder: 'e.g., use variable Q5, not S2' }) as HTMLInputElement;
    const menu = element('div', '', { role: 'menu' });
    const concerns = element('ul');
    const buttons: [Decision['action'], HTMLElement][] = [
      ['approve', element('button', 'Accept')],
      ['provide_hint', element('button', 'Give hint')],
      ['skip', element('button', 'Skip')],
    ];
    if (column.alternatives.length > 0)
      buttons.splice(1, 0, ['select_alternative', element('button', 'Pick alternative', { 'aria-haspopup': 'menu' })]);
    const decide = (decision: Decision): void => {
      decisions[place] = decision;
      for (const [action, button] of buttons)
        button.dataset['variant'] =
          action !== decision.action ? 'outline' : action === 'approve' ? 'default' : 'secondary';
      hint.hidden = decision.action !== 'provide_hint';
    };
    menu.hidden = concerns.hidden = true;
    column.alternatives.forEach(({ expression, userSummary }, selectedAlternative) => {
      const item = element('div', `${expression} ${userSummary}`, { role: 'menuitem', tabindex: '0' });
      item.addEventListener('click', () => {
        menu.hidden = true;
        decide({ action: 'select_alternative', selectedAlternative });
      });
      menu.append(item);
    });
    for (const concern of column.uncertainties) concerns.append(element('li', concern));
    for (const [action, button] of buttons)
      button.addEventListener('click', () => {
        if (action === 'select_alternative') menu.hidden = !menu.hidden;
        else decide({ action, ...(action === 'provide_hint' ? { hint: hint.value } : {}) });
      });
    hint.addEventListener('input', () => decide({ action: 'provide_hint', hint: hint.value }));
    const toggle = element('button', `${column.uncertainties.length} AI Concerns`, { 'aria-expanded': 'false' });
    toggle.addEventListener('click', () => {
      concerns.hidden = !concerns.hidden;
      toggle.setAttribute('aria-expanded', String(!concerns.hidden));
    });
    card.append(
      element('div', column.columnName, { 'data-slot': 'card-title' }),
      element('div', `${Math.round(column.confidence * 100)}% confident`),
      element('div', `Banner says: ${column.original}`),
      element('div', `AI suggests: ${column.proposed === '' ? 'Empty' : column.proposed}`),
      ...buttons.map(([, button]) => button),
      menu,
      hint,
      toggle,
      concerns,
    );
    decide({ action: 'approve' });
    return card;
  };

  const save = async (
    runId: string,
    columns: readonly FlaggedColumnRow[],
    button: HTMLButtonElement,
  ): Promise<void> => {
    const problem = root.querySelector<HTMLElement>('.wrong');
    button.disabled = true;
    button.textContent = 'Waiting for tables...';
    if (problem) problem.hidden = true;
    const body = {
      decisions: columns.map(({ groupName, columnName }, place) => ({ groupName, columnName, ...decisions[place] })),
    };
    try {
      const response = await fetch(`/api/runs/${runId}/review`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as { error?: string };
      if (!response.ok) throw new Error(answer.error ?? 'Failed to process review');
      kit.toast('success', 'Review saved', 'Pipeline is continuing with your decisions.');
      kit.go(`/projects/${projectId}`);
    } catch (error) {
      if (problem) {
        problem.textContent = error instanceof Error ? error.message : String(error);
        problem.hidden = false;
      }
      button.disabled = false;
      button.textContent = 'Save & Continue';
    }
  };
  const form = (run: RunRow, columns: readonly FlaggedColumnRow[]): void => {
    const groups = [...new Set(columns.map(({ groupName }) => groupName))];
    const [cancel, submit] = [element('button', 'Cancel'), element('button', 'Save & Continue')];
    cancel.addEventListener('click', () => {
      void fetch(`/api/runs/${run._id}/cancel`, { method: 'POST' }).then(() => kit.go('/dashboard'));
    });
    submit.addEventListener('click', () => void save(run._id, columns, submit as HTMLButtonElement));
    const footer = element('footer', '', { class: 'row' });
    footer.append(element('span', String(columns.length)), cancel, submit);
    const wrong = element('p', '', { class: 'wrong' });
    wrong.hidden = true;
    root.replaceChildren(
      element('h1', 'Quick Review Needed'),
      element('p', `The AI wasn't certain about ${columns.length} matches. Please confirm or correct.`),
      element('span', 'Pending Review', { 'data-slot': 'badge' }),
      // The product never says anything else of its tables.
      element('span', 'Processing Tables...', { 'data-slot': 'badge' }),
      ...groups.flatMap((group) => [
        element('h3', group),
        ...columns.flatMap((column, place) => (column.groupName === group ? [columnCard(column, place)] : [])),
      ]),
      wrong,
      footer,
    );
  };
  const render = (run: RunRow | undefined): void => {
    const columns = run?.result?.reviewState?.flaggedColumns;
    if (run && columns) {
      // What somebody has begun to decide stays, whatever is pushed.
      if (shownFor !== run._id) form(run, columns);
      shownFor = run._id;
      return;
    }
    shownFor = undefined;
    const back = element('button', 'Back to Dashboard');
    back.addEventListener('click', () => kit.go('/dashboard'));
    root.replaceChildren(element('h1', 'Review Not Available'), back);
  };
  return live.watch<RunRow[]>('runs:getByProject', { orgId: session.orgId, projectId }, (runs) => render(runs.at(-1)));
}
