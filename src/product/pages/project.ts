/** A project's page: its run as it goes, and its workbooks. */
import type { Download, Locator, Page } from '@playwright/test';
import { content, Shell } from './shell.ts';

const endBadges = ['Success', 'Partial', 'Error', 'Cancelled'] as const;
/** The words of the page for a run that has ended. */
export type ProjectEndBadge = (typeof endBadges)[number];

/** What the page calls each workbook. */
const workbookLabels: Readonly<Record<string, string>> = {
  Crosstabs: 'crosstabs.xlsx',
  'Crosstabs (Weighted)': 'crosstabs-weighted.xlsx',
  'Crosstabs (Unweighted)': 'crosstabs-unweighted.xlsx',
  'Crosstabs (Counts)': 'crosstabs-counts.xlsx',
  'Crosstabs (Weighted Counts)': 'crosstabs-weighted-counts.xlsx',
};

export class ProjectPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async isShown(name: string): Promise<void> {
    await this.#page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  }

  /** The end that the badge beside the name shows. @throws when it shows none in time. */
  async end(timeoutMs: number): Promise<ProjectEndBadge> {
    const badge = this.#badge(new RegExp(`^(${endBadges.join('|')})$`)).first();
    await badge.waitFor({ timeout: timeoutMs });
    const text = (await badge.innerText()).trim();
    const end = endBadges.find((candidate) => candidate === text);
    if (end === undefined) throw new Error(`The project's page shows the status "${text}", which is no end.`);
    return end;
  }

  /** Asks for cancellation while the run is active; resolves when the page shows an end. */
  async cancel(timeoutMs: number): Promise<void> {
    const button = content(this.#page).getByRole('button', { name: 'Cancel', exact: true });
    const ended = this.#badge(/^(Success|Partial|Error|Cancelled|Review Required)$/).first();
    await button.or(ended).first().waitFor({ timeout: timeoutMs });
    if (await button.isVisible()) await button.click();
    await ended.waitFor({ timeout: timeoutMs });
  }

  /** Clicks Cancel, and says with which status the product answered; what the page shows of it is another question. */
  async asksToCancel(timeoutMs: number): Promise<number> {
    const [response] = await Promise.all([
      this.#page.waitForResponse((answer) => /\/api\/runs\/[^/]+\/cancel$/.test(new URL(answer.url()).pathname), {
        timeout: timeoutMs,
      }),
      content(this.#page).getByRole('button', { name: 'Cancel', exact: true }).click(),
    ]);
    return response.status();
  }

  /**
   * An admin's deletion: types the name, confirms, and waits until the page says how it went. A refusal is as good an answer
   * as any.
   */
  async asksToDelete(name: string, timeoutMs: number): Promise<{ readonly status: number; readonly message: string }> {
    await content(this.#page).getByRole('button', { name: 'Delete Project', exact: true }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Type the project name to confirm' }).fill(name);
    const [response] = await Promise.all([
      this.#page.waitForResponse(
        (answer) =>
          answer.request().method() === 'DELETE' && /\/api\/projects\/[^/]+$/.test(new URL(answer.url()).pathname),
        { timeout: timeoutMs },
      ),
      dialog.getByRole('button', { name: 'Delete Project', exact: true }).click(),
    ]);
    await new Shell(this.#page)
      .toast(response.ok() ? 'Project deleted' : 'Failed to delete project')
      .first()
      .waitFor();
    const body = (await response.json()) as { error?: string };
    return { status: response.status(), message: body.error ?? '' };
  }

  /** How many workbooks the page offers at this moment. */
  async workbooksOffered(): Promise<number> {
    return this.#downloads().count();
  }

  /** Names of the workbooks offered, in the order of their Download links. */
  async workbooks(): Promise<string[]> {
    await this.#downloads().first().waitFor();
    const labels = await content(this.#page)
      .getByText(/^Crosstabs( \([A-Za-z ]+\))?$/)
      .allInnerTexts();
    const links = await this.#downloads().count();
    if (labels.length !== links)
      throw new Error(
        `The project's page names ${labels.length} workbooks (${labels.join(', ')}) and offers ${links} downloads.`,
      );
    return labels.map((label) => workbookLabels[label.trim()] ?? label.trim());
  }

  /** Downloads one of the workbooks offered. The caller keeps or deletes the file. */
  async download(workbook: string, timeoutMs: number): Promise<Download> {
    const place = (await this.workbooks()).indexOf(workbook);
    if (place < 0) throw new Error(`The project's page does not offer ${workbook}.`);
    const [download] = await Promise.all([
      this.#page.waitForEvent('download', { timeout: timeoutMs }),
      this.#downloads().nth(place).click(),
    ]);
    return download;
  }

  #downloads(): Locator {
    return content(this.#page).getByRole('link', { name: 'Download', exact: true });
  }

  #badge(text: RegExp): Locator {
    return content(this.#page).locator('[data-slot=badge]').filter({ hasText: text });
  }
}
