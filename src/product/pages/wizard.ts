/** The four steps of a new project. */
import path from 'node:path';
import { expect, type Locator, type Page, type Response } from '@playwright/test';
import { PlainError } from '../../run/plain-error.ts';
import { content, Shell } from './shell.ts';
import {
  complaintsIn,
  isLaunch,
  isStacked,
  isValidation,
  refusalIn,
  type LaunchAnswer,
  type Refusal,
} from './wizard-answers.ts';

export type { LaunchAnswer, Refusal } from './wizard-answers.ts';

export interface UploadFiles {
  /** Absolute paths. */
  readonly data: string;
  readonly survey: string;
  readonly banner?: string | undefined;
}

/** What the second step says of the data file. */
export interface Validation {
  readonly accepted: true;
  readonly respondents: number;
  readonly variables: number;
  readonly weightDetected: boolean;
  readonly loopsDetected: boolean;
}

export interface Configuration {
  readonly theme: string;
  readonly displayMode: string;
  readonly separateWorkbooks: boolean;
  readonly significance: number;
  readonly minimumBase: number;
}

export class WizardPage {
  readonly #page: Page;
  readonly #timeoutMs: number;
  #validation: Promise<Response> | undefined;

  constructor(page: Page, timeoutMs: number) {
    this.#page = page;
    this.#timeoutMs = timeoutMs;
  }

  async isShown(): Promise<void> {
    await this.#page.getByRole('heading', { level: 1, name: 'New Project', exact: true }).waitFor();
  }

  /** Step 1: names the project, says what it is for, and whether there is a banner plan. */
  async describe(name: string, { hasBanner, objectives }: { hasBanner: boolean; objectives?: string }): Promise<void> {
    const box = this.#content.getByRole('textbox', { name: 'Project Name' });
    // As a person does, who clicks where they mean to write: without, nothing tells the browser that somebody has seen the page.
    await box.click();
    await box.fill(name);
    if (objectives !== undefined)
      await this.#content.getByRole('textbox', { name: 'Research Objectives' }).fill(objectives);
    await this.#choose(hasBanner ? 'I have a banner plan' : 'Auto-generate for me');
    await this.#next();
    await this.#dropzone('Data File').waitFor();
  }

  /** Step 2: hands over the files. The page sends the data file to be validated by itself. */
  async upload({ data, survey, banner }: UploadFiles): Promise<void> {
    await this.#handOver('Survey Document', survey);
    if (banner !== undefined) await this.#handOver('Banner Plan', banner);
    await this.#handOverData(data);
  }

  /**
   * Step 2: waits for the product's verdict on the data file, or for its word that it has no time for it now (429).
   * @throws with the product's own words when it refuses the file.
   */
  async validated(): Promise<Validation | Refusal> {
    if (this.#validation === undefined) throw new Error('No data file has been handed over yet.');
    const answer = await this.#validation;
    if (answer.status() === 429) return refusalIn(answer);
    const complaints = await complaintsIn(answer);
    if (complaints.length > 0) {
      const stacked = await isStacked(answer);
      throw new PlainError(
        `The product refused the data file (${answer.status()})${stacked ? ' as stacked, with several rows a respondent' : ''}:`,
        complaints.join(' '),
      );
    }
    await this.#content.getByText('Data file validated', { exact: true }).first().waitFor({ timeout: this.#timeoutMs });
    return {
      accepted: true,
      respondents: await this.#figure(/^([\d,]+) respondents?$/),
      variables: await this.#figure(/^([\d,]+) variables?$/),
      weightDetected: await this.#content.getByText('Weight variable detected', { exact: false }).isVisible(),
      loopsDetected: await this.#content.getByText('Looped data detected', { exact: false }).isVisible(),
    };
  }

  /** Step 2: takes the data file away and hands it over once more. */
  async uploadAgain({ data }: Pick<UploadFiles, 'data'>): Promise<void> {
    await this.#dropzone('Data File').getByRole('button', { name: 'Remove file' }).click();
    await this.#handOverData(data);
  }

  /**
   * Step 2: hands over files that may well be refused. Resolves with what the page says against one of them, empty when it
   * lets nobody go on and does not say why, and with nothing when one may go on.
   * @param timeoutMs How long the page may take to say it once the product has answered.
   */
  async offer({ data, survey, banner }: UploadFiles, timeoutMs: number): Promise<string | undefined> {
    const toast = new Shell(this.#page).failure;
    for (const [title, file] of [
      ['Survey Document', survey],
      ['Banner Plan', banner],
    ] as const) {
      if (file === undefined) continue;
      await this.#give(title, file);
      await toast.or(this.#holding(title, file)).first().waitFor();
      if (await toast.isVisible()) return textOf(toast);
    }
    const answered = this.#page.waitForResponse(isValidation, { timeout: this.#timeoutMs });
    const [answer] = await Promise.all([answered, this.#give('Data File', data)]);
    const [words] = await complaintsIn(answer);
    const complaint = words === undefined ? toast : this.#content.getByText(words, { exact: true }).first();
    const next = this.#content.getByRole('button', { name: 'Next', exact: true, disabled: false });
    await complaint
      .or(next)
      .first()
      .waitFor({ timeout: timeoutMs })
      .catch(() => undefined); // That is an answer, too.
    if (await next.isVisible()) return undefined;
    return (await complaint.isVisible()) ? textOf(complaint) : '';
  }

  /** Step 2: answers the question about the detected weight. */
  async decideWeight(use: boolean): Promise<void> {
    await this.#content
      .getByRole('button', { name: use ? 'Yes, use this weight' : 'No, run unweighted', exact: true })
      .click();
  }

  async toConfiguration(): Promise<void> {
    await expect(this.#button('Next'), 'Next should be enabled once the files are there and valid').toBeEnabled({
      timeout: this.#timeoutMs,
    });
    await this.#next();
    await this.#content.getByRole('radiogroup', { name: 'Color theme' }).waitFor();
  }

  /** Step 3. */
  async configure(choice: Configuration): Promise<void> {
    await this.#choose(choice.displayMode);
    if (choice.displayMode === 'Both')
      await this.#content.getByRole('switch', { name: 'Separate workbooks' }).setChecked(choice.separateWorkbooks);
    const theme = this.#content
      .getByRole('radiogroup', { name: 'Color theme' })
      .getByRole('radio', { name: choice.theme, exact: true });
    await theme.click();
    await expect(theme, `the theme "${choice.theme}" should be chosen`).toBeChecked();
    await this.#content.getByRole('spinbutton', { name: 'Significance Threshold' }).fill(String(choice.significance));
    await this.#content.getByRole('spinbutton', { name: 'Minimum Base Size' }).fill(String(choice.minimumBase));
    await this.#next();
    await this.#button('Launch Pipeline').waitFor();
  }

  /** What the third step shows as the weight: a variable's name, or `None (unweighted)`. */
  async weightShown(): Promise<string> {
    return (await this.#content.getByRole('combobox', { name: 'Weight Variable' }).innerText()).trim();
  }

  /** Step 4: clicks Launch, whatever comes of it. */
  async clickLaunch(): Promise<void> {
    await this.#button('Launch Pipeline').click();
  }

  /** Step 4: launches, and says what the product answered. On success the project's page follows. */
  async launch(): Promise<LaunchAnswer> {
    const answered = this.#page.waitForResponse(isLaunch, { timeout: this.#timeoutMs });
    const [response] = await Promise.all([answered, this.#button('Launch Pipeline').click()]);
    if (!response.ok()) {
      await new Shell(this.#page).toast('Launch failed').first().waitFor();
      return refusalIn(response);
    }
    const body = (await response.json()) as { projectId?: string; runId?: string };
    if (body.projectId === undefined || body.runId === undefined)
      throw new Error('The product accepted the launch without saying which project and run it made.');
    await this.#page.waitForURL(`**/projects/${body.projectId}`, { timeout: this.#timeoutMs });
    return { accepted: true, projectId: body.projectId, productRunId: body.runId };
  }

  get #content(): Locator {
    return content(this.#page);
  }

  #button(name: string): Locator {
    return this.#content.getByRole('button', { name, exact: true });
  }

  async #next(): Promise<void> {
    await this.#button('Next').click();
  }

  /** Radios are covered by their cards: the label is clicked, the radio asserted. */
  async #choose(label: string): Promise<void> {
    const radio = this.#content.getByRole('radio', { name: new RegExp(label) });
    await this.#content.getByText(label, { exact: true }).click();
    await expect(radio, `"${label}" should be chosen`).toBeChecked();
  }

  #dropzone(title: string): Locator {
    return this.#content.getByRole('button', { name: `${title} upload dropzone` });
  }

  async #give(title: string, file: string): Promise<void> {
    await this.#dropzone(title).locator('input[type=file]').setInputFiles(file);
  }

  #holding(title: string, file: string): Locator {
    return this.#dropzone(title).filter({ hasText: path.basename(file) });
  }

  async #handOver(title: string, file: string): Promise<void> {
    await this.#give(title, file);
    await expect(this.#holding(title, file), `${title} should hold ${path.basename(file)}`).toBeVisible();
  }

  async #handOverData(file: string): Promise<void> {
    this.#validation = this.#page.waitForResponse(isValidation, { timeout: this.#timeoutMs });
    this.#validation.catch(() => undefined); // `validated` awaits it.
    await this.#handOver('Data File', file);
  }

  async #figure(pattern: RegExp): Promise<number> {
    const text = await this.#content.getByText(pattern).first().innerText();
    return Number((pattern.exec(text.trim())?.[1] ?? '').replaceAll(',', ''));
  }
}

/** A locator's text in one line. */
async function textOf(locator: Locator): Promise<string> {
  return (await locator.innerText()).replace(/\s+/g, ' ').trim();
}
