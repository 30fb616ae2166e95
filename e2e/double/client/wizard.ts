/** The wizard's four steps. Runs in the page: it stands alone. */
import type { Kit } from './types.ts';

export function mountWizard(root: HTMLElement, kit: Kit): () => void {
  const { part, element } = kit;
  interface Validation {
    readonly rowCount: number;
    readonly columnCount: number;
    readonly weightCandidates: readonly { readonly column: string }[];
    readonly isStacked: boolean;
    readonly stackedWarning: string | null;
    readonly loopSummary: { readonly hasLoops: boolean };
    readonly errors: readonly { readonly message: string }[];
    readonly canProceed: boolean;
    readonly error?: string;
  }
  const files = new Map<string, File>();
  const chosen = new Map([
    ['banner', 'I have a banner plan'],
    ['display', 'Percentages'],
    ['theme', 'Classic'],
  ]);
  let step = 1;
  let weight: string | null = null;
  let valid = false;
  let validating: AbortController | undefined;
  const button = (act: string): HTMLButtonElement => {
    const found = root.querySelector<HTMLButtonElement>(`button[data-act=${act}]`);
    if (!found) throw new Error(`The wizard has no button ${act}.`);
    return found;
  };
  const value = (name: string): string =>
    root.querySelector<HTMLInputElement>(`input[data-value=${name}], textarea[data-value=${name}]`)?.value.trim() ?? '';
  const withBanner = (): boolean => chosen.get('banner') === 'I have a banner plan';
  const separate = root.querySelector<HTMLElement>('[role=switch]');
  const combobox = root.querySelector<HTMLElement>('[role=combobox]');
  const say = (name: string, problem: string | undefined): boolean => {
    const line = part(root, `${name}-problem`);
    line.hidden = problem === undefined;
    if (problem !== undefined) line.textContent = problem;
    return problem === undefined;
  };
  const show = (): void => {
    for (const section of root.querySelectorAll<HTMLElement>('[data-step]'))
      section.hidden = section.dataset['step'] !== String(step);
    for (const zone of root.querySelectorAll<HTMLElement>('[data-field=bannerPlan]')) zone.hidden = !withBanner();
    part(root, 'notes-label').textContent = withBanner() ? 'Banner Notes (optional)' : 'Banner Hints (optional)';
    part(root, 'separate').hidden = chosen.get('display') !== 'Both';
    if (combobox) combobox.textContent = weight ?? 'None (unweighted)';
    button('back').hidden = step === 1;
    button('next').hidden = step === 4;
    button('launch').hidden = step !== 4;
    const complete = files.has('dataFile') && files.has('surveyDocument') && (!withBanner() || files.has('bannerPlan'));
    button('next').disabled = step === 2 && !(complete && valid);
  };
  const isRight = (): boolean => {
    if (step === 1) return say('name', value('name') === '' ? 'Project name is required' : undefined);
    if (step !== 3) return true;
    const [level, base] = [Number(value('significance')), Number(value('base'))];
    const bound = level < 50 ? 'greater than or equal to 50' : level > 99 ? 'less than or equal to 99' : undefined;
    return [
      say('significance', bound && `Number must be ${bound}`),
      say('base', base < 0 ? 'Number must be greater than or equal to 0' : undefined),
    ].every(Boolean);
  };

  const askForWeight = (column: string): void => {
    const asked = element('div', '', { class: 'row' });
    const yes = element('button', 'Yes, use this weight', { type: 'button' });
    const no = element('button', 'No, run unweighted', { type: 'button' });
    for (const [answer, used] of [
      [yes, column],
      [no, null],
    ] as const)
      answer.addEventListener('click', () => {
        weight = used;
        show();
      });
    asked.append(element('p', 'Weight variable detected'), element('code', column), yes, no);
    part(root, 'validation').append(asked);
  };
  const validated = (result: Validation, ok: boolean): void => {
    const box = part(root, 'validation');
    const complaint = !ok
      ? (result.error ?? 'Validation failed')
      : result.isStacked
        ? (result.stackedWarning ?? 'Stacked data detected')
        : result.canProceed
          ? undefined
          : (result.errors[0]?.message ?? 'It cannot proceed');
    if (complaint !== undefined) {
      box.replaceChildren(element('p', 'Validation Error', { class: 'wrong' }), element('p', complaint));
      return;
    }
    valid = true;
    box.replaceChildren(
      element('p', 'Data file validated'),
      element('p', `${result.rowCount.toLocaleString('en-US')} respondents`),
      element('p', `${result.columnCount.toLocaleString('en-US')} variables`),
    );
    if (result.loopSummary.hasLoops) box.append(element('p', 'Looped data detected'));
    const [candidate] = result.weightCandidates;
    if (!candidate) return;
    // The best candidate is taken unless somebody says no.
    weight = candidate.column;
    askForWeight(candidate.column);
  };
  const validate = async (file: File): Promise<void> => {
    validating?.abort();
    const mine = (validating = new AbortController());
    valid = false;
    weight = null;
    const box = part(root, 'validation');
    box.replaceChildren(element('p', 'Reading data file structure...'));
    box.setAttribute('aria-busy', 'true');
    const form = new FormData();
    form.append('dataFile', file);
    try {
      const response = await fetch('/api/validate-data', { method: 'POST', body: form, signal: mine.signal });
      validated((await response.json()) as Validation, response.ok);
    } catch (error) {
      if (mine.signal.aborted) return;
      box.replaceChildren(element('p', 'Validation Error', { class: 'wrong' }), element('p', String(error)));
    }
    box.removeAttribute('aria-busy');
    show();
  };
  const take = (zone: HTMLElement, file: File | undefined): void => {
    const { field = '', title = '', accept = '' } = zone.dataset;
    if (!file) return;
    if (!accept.split(', ').some((extension) => file.name.toLowerCase().endsWith(extension))) {
      kit.toast('error', `Invalid file type for ${title}`, `Accepted formats: ${accept}`);
      return;
    }
    files.set(field, file);
    const remove = element('button', '×', { type: 'button', 'aria-label': 'Remove file' });
    remove.addEventListener('click', (event) => {
      event.stopPropagation();
      files.delete(field);
      if (field === 'dataFile') {
        valid = false;
        part(root, 'validation').replaceChildren();
      }
      part(zone, 'held').replaceChildren('Click to upload or drag and drop');
      show();
    });
    part(zone, 'held').replaceChildren(
      element('span', file.name),
      ' ',
      element('span', `${(file.size / 1e6).toFixed(2)} MB`),
      remove,
    );
    if (field === 'dataFile') void validate(file);
    show();
  };
  for (const zone of root.querySelectorAll<HTMLElement>('.dropzone')) {
    const input = zone.querySelector<HTMLInputElement>('input[type=file]');
    zone.addEventListener('click', ({ target }) => {
      if (target !== input) input?.click();
    });
    zone.addEventListener('dragover', (event) => event.preventDefault());
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      take(zone, event.dataTransfer?.files[0]);
    });
    input?.addEventListener('change', () => take(zone, input.files?.[0]));
  }

  const summarise = (): void => {
    const facts: readonly (readonly [string, string])[] = [
      ['Name', value('name')],
      ['Data', files.get('dataFile')?.name ?? ''],
      ['Shown as', chosen.get('display') ?? ''],
      ['Weighted by', weight ?? 'nothing'],
    ];
    part(root, 'overview').replaceChildren(
      ...facts.flatMap(([term, description]) => [element('dt', term), element('dd', description)]),
    );
  };
  const launch = async (): Promise<void> => {
    const form = new FormData();
    for (const [field, file] of files) if (field !== 'bannerPlan' || withBanner()) form.append(field, file);
    form.append('projectName', value('name'));
    const display = chosen.get('display');
    const config = {
      projectSubType: 'standard',
      bannerMode: withBanner() ? 'upload' : 'auto_generate',
      displayMode: display === 'Both' ? 'both' : display === 'Counts' ? 'counts' : 'frequency',
      separateWorkbooks: display === 'Both' && separate?.getAttribute('aria-checked') === 'true',
      theme: (chosen.get('theme') ?? '').toLowerCase(),
      weightVariable: weight,
      statTesting: { thresholds: [Number(value('significance'))], minBase: Number(value('base')) },
      researchObjectives: value('objectives'),
    };
    form.append('config', JSON.stringify(config));
    button('launch').disabled = true;
    button('launch').textContent = 'Launching...';
    try {
      const response = await fetch('/api/projects/launch', { method: 'POST', body: form });
      const body = (await response.json()) as { projectId?: string; error?: string };
      if (!response.ok) throw new Error(body.error ?? 'Unknown error');
      kit.toast('success', 'Pipeline started', 'Tracking progress on the project page.');
      kit.go(`/projects/${body.projectId ?? ''}`);
    } catch (error) {
      kit.toast('error', 'Launch failed', error instanceof Error ? error.message : String(error));
      button('launch').disabled = false;
      button('launch').textContent = 'Launch Pipeline';
    }
  };

  root.addEventListener('click', ({ target }) => {
    const radio = target instanceof Element ? target.closest<HTMLElement>('[role=radio]') : null;
    const { group, value: picked } = radio?.dataset ?? {};
    if (group === undefined || picked === undefined) return;
    chosen.set(group, picked);
    for (const each of root.querySelectorAll(`[role=radio][data-group=${group}]`))
      each.setAttribute('aria-checked', String(each === radio));
    show();
  });
  separate?.addEventListener('click', () => {
    separate.setAttribute('aria-checked', String(separate.getAttribute('aria-checked') !== 'true'));
  });
  button('back').addEventListener('click', () => {
    step -= 1;
    show();
  });
  button('next').addEventListener('click', () => {
    if (!isRight()) return;
    step += 1;
    if (step === 4) summarise();
    show();
  });
  button('launch').addEventListener('click', () => void launch());
  button('assumptions').addEventListener('click', () => {
    const text = part(root, 'assumptions');
    text.hidden = !text.hidden;
    button('assumptions').setAttribute('aria-expanded', String(!text.hidden));
  });
  show();
  return () => validating?.abort();
}
