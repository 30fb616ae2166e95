/** A project's page: its run as it goes, and its workbooks. */
import type { Download, Locator, Page } from '@playwright/test';
import { content } from './shell.ts';

export type ProjectBadge =
  'Success' | 'Partial' | 'Error' | 'In Progress' | 'Review Required' | 'Cancelled' | 'Processing';
const badges: readonly ProjectBadge[] = [
  'Success',
  'Partial',
  'Error',
  'In Progress',
  'Review Required',
  'Cancelled',
  'Processing',
];

export class ProjectPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async isShown(name: string): Promise<void> {
    await this.#page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  }

  /** The status that the badge beside the name shows. */
  async status(timeoutMs: number): Promise<ProjectBadge> {
    const badge = this.#badge(new RegExp(`^(${badges.join('|')})$`));
    await badge.first().waitFor({ timeout: timeoutMs });
    const text = (await badge.first().innerText()).trim();
    const status = badges.find((candidate) => candidate === text);
    if (status === undefined) throw new Error(`The project's page shows the status "${text}", which is unknown.`);
    return status;
  }

  /** Waits for one of these statuses. */
  async reaches(statuses: readonly ProjectBadge[], timeoutMs: number): Promise<void> {
    await this.#badge(new RegExp(`^(${statuses.join('|')})$`))
      .first()
      .waitFor({ timeout: timeoutMs });
  }

  /** Asks for cancellation while the run is active; resolves when the page shows an end. */
  async cancel(timeoutMs: number): Promise<void> {
    const button = content(this.#page).getByRole('button', { name: 'Cancel', exact: true });
    const ended = this.#badge(/^(Success|Partial|Error|Cancelled|Review Required)$/).first();
    await button.or(ended).first().waitFor({ timeout: timeoutMs });
    if (await button.isVisible()) await button.click();
    await ended.waitFor({ timeout: timeoutMs });
  }

  /** Names of the workbooks offered. */
  async workbooks(): Promise<string[]> {
    const links = this.#downloads();
    await links.first().waitFor();
    const addresses = await links.evaluateAll((elements) =>
      elements.map((element) => element.getAttribute('href') ?? ''),
    );
    return addresses.map((address) => decodeURIComponent(address.split('/').at(-1) ?? ''));
  }

  /** Downloads one workbook. The caller keeps or deletes the file. */
  async download(workbook: string, timeoutMs: number): Promise<Download> {
    const link = this.#downloads().and(this.#page.locator(`[href$="/download/${workbook}"]`));
    const [download] = await Promise.all([this.#page.waitForEvent('download', { timeout: timeoutMs }), link.click()]);
    return download;
  }

  #downloads(): Locator {
    return content(this.#page).getByRole('link', { name: 'Download', exact: true });
  }

  #badge(text: RegExp): Locator {
    return content(this.#page).locator('[data-slot=badge]').filter({ hasText: text });
  }
}
