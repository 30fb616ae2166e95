/** The settings' only switch. Runs in the page: it stands alone. */
import type { Kit } from './types.ts';

export function mountSettings(root: HTMLElement, kit: Kit): () => void {
  const path = '/api/notifications/preferences';
  const mails = root.querySelector<HTMLButtonElement>('[role=switch]');
  const take = async (response: Response): Promise<void> => {
    if (!mails) return;
    mails.disabled = false;
    if (!response.ok) {
      kit.toast('error', 'Failed to update preferences');
      return;
    }
    const { pipelineEmails } = (await response.json()) as { pipelineEmails: boolean };
    mails.setAttribute('aria-checked', String(pipelineEmails));
  };
  mails?.addEventListener('click', () => {
    const body = JSON.stringify({ pipelineEmails: mails.getAttribute('aria-checked') !== 'true' });
    void fetch(path, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body }).then(take);
  });
  void fetch(path).then(take);
  return () => undefined;
}
