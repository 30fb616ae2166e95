/** The product's own load test, for admins: many launches at once from one page. */
import type { Locator, Page } from '@playwright/test';
import { z } from 'zod';
import { content, Shell } from './shell.ts';

/** Launches under way at once, as the page offers them. */
export const concurrencies = [1, 3, 5, 10, 15] as const;
export type Concurrency = (typeof concurrencies)[number];

const launchPath = '/api/dev/load-test/launch';
const answerSchema = z.object({
  launched: z.array(
    z.object({ dataset: z.string(), projectId: z.string(), runId: z.string(), projectName: z.string() }),
  ),
  errors: z.array(z.object({ dataset: z.string(), error: z.string() })),
  rateLimitRejections: z.int(),
});
/** The product's answer when all launches have been answered. What was rate-limited is among the errors. */
export type LoadTestAnswer = z.infer<typeof answerSchema>;

/** What the monitoring shows at one moment. */
export interface Standing {
  readonly total: number;
  /** Ended, or waiting for a person's review. */
  readonly finished: number;
  readonly counts: Readonly<Record<'running' | 'review' | 'done' | 'failed', number>>;
  readonly rows: readonly { readonly dataset: string; readonly status: string }[];
}

export class LoadTestPage {
  readonly #page: Page;
  readonly #timeoutMs: number;

  constructor(page: Page, timeoutMs: number) {
    this.#page = page;
    this.#timeoutMs = timeoutMs;
  }

  /** Loads the page anew, with its datasets. @throws with the page's own words when it shows none. */
  async load(): Promise<void> {
    await this.#page.goto('/dev/load-test');
    const refusal = content(this.#page).getByText(
      /^(Admin access required\.|Failed to |Not found|Forbidden|Too many requests)/,
    );
    await this.#tally.or(refusal).first().waitFor({ timeout: this.#timeoutMs });
    if (await this.#tally.isVisible()) return;
    throw new Error(`The load-test page shows no datasets: "${(await refusal.first().innerText()).trim()}".`);
  }

  /** Names of the datasets that can be launched, in the page's order. */
  async datasets(): Promise<string[]> {
    const rows = await this.#rows.and(this.#page.locator(':enabled')).allInnerTexts();
    return rows.map((text) => text.trim().split('\n', 1)[0]?.trim() ?? '');
  }

  /** Selects these datasets and no others. */
  async select(names: readonly string[]): Promise<void> {
    const none = content(this.#page).getByRole('button', { name: 'Select None', exact: true });
    if (await none.isEnabled()) await none.click();
    for (const name of names) await this.#rows.filter({ has: this.#page.getByText(name, { exact: true }) }).click();
    // The rows themselves do not tell whether they are selected.
    const tally = new RegExp(`^${names.length} of \\d+ datasets selected\\b`);
    await content(this.#page).getByText(tally).waitFor({ timeout: this.#timeoutMs });
  }

  async setPrefix(prefix: string): Promise<void> {
    await content(this.#page).getByRole('textbox', { name: 'Name Prefix' }).fill(prefix);
  }

  async setConcurrency(concurrency: Concurrency): Promise<void> {
    await content(this.#page).getByRole('combobox').click();
    await this.#page.getByRole('option', { name: new RegExp(`^${concurrency} \\(`) }).click();
  }

  /** Launches what is selected; resolves when every launch has been answered. @throws when the product refuses as a whole. */
  async launch(timeoutMs: number): Promise<LoadTestAnswer> {
    const [response] = await Promise.all([
      this.#page.waitForResponse((answer) => new URL(answer.url()).pathname === launchPath, { timeout: timeoutMs }),
      content(this.#page)
        .getByRole('button', { name: /^Launch \d+ Pipelines?$/ })
        .click(),
    ]);
    const text = await response.text();
    if (response.status() !== 202)
      throw new Error(`The load test was refused with ${response.status()}: ${text.slice(0, 200)}`);
    return answerSchema.parse(JSON.parse(text));
  }

  /** What the page says of the launches, once it says something: the counts of its result, 0 where it names none. */
  async result(): Promise<{ readonly launched: number; readonly failed: number; readonly rateLimited: number }> {
    const line = (words: string): Locator =>
      content(this.#page).locator('p', { hasText: new RegExp(`^\\s*\\d+ (${words})\\s*$`) });
    await line('launched successfully|failed').first().waitFor({ timeout: this.#timeoutMs });
    const said = async (words: string): Promise<number> =>
      Number.parseInt((await line(words).allInnerTexts())[0]?.trim() ?? '0', 10);
    return {
      launched: await said('launched successfully'),
      failed: await said('failed'),
      rateLimited: await said('rate-limited \\(429\\)'),
    };
  }

  /**
   * Watches the monitoring, within the page, until as many projects as expected are shown and all of them have finished.
   * @returns every standing that it showed on the way, the last one at the end.
   * @throws when the time is over, with what it showed last.
   */
  async watch(expected: number, timeoutMs: number): Promise<Standing[]> {
    return this.#page.evaluate(watchMonitoring, { expected, timeoutMs });
  }

  /** Deletes everything of that prefix through the page's dialog. @returns how many projects the product says it has deleted. */
  async cleanUp(prefix: string): Promise<number> {
    await content(this.#page)
      .getByRole('button', { name: /^Cleanup \(\d+\)$/ })
      .click();
    const dialog = this.#page.getByRole('dialog', { name: 'Clean up load test projects' });
    await dialog.getByRole('textbox', { name: 'Type the name prefix to confirm' }).fill(prefix);
    await dialog.getByRole('button', { name: 'Delete Projects', exact: true }).click();
    const shell = new Shell(this.#page);
    const deleted = shell.toast('Deleted ').filter({ hasText: /Deleted \d+ project\(s\)/ });
    const refused = shell.toast('Cleanup failed');
    await deleted.or(refused).first().waitFor({ timeout: this.#timeoutMs });
    const words = (await deleted.or(refused).first().innerText()).trim().replace(/\s+/g, ' ');
    const count = /Deleted (\d+) project/.exec(words)?.[1];
    if (count === undefined) throw new Error(`The load test's clean-up was refused: ${words}.`);
    return Number(count);
  }

  /** The line under the list. */
  get #tally(): Locator {
    return content(this.#page).getByText(/^\d+ of \d+ datasets selected\b/);
  }

  /** Buttons of datasets: the only ones that end in a size. */
  get #rows(): Locator {
    return content(this.#page).getByRole('button', { name: /\d+\.\d MB$/ });
  }
}

/** Runs in the page: it stands alone. */
function watchMonitoring({ expected, timeoutMs }: { expected: number; timeoutMs: number }): Promise<Standing[]> {
  const badges = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('[data-slot=badge]')];
  const read = (): Standing | undefined => {
    const main = document.querySelector<HTMLElement>('main main');
    const [, finished, total] = /(\d+) \/ (\d+) finished/.exec(main?.innerText ?? '') ?? [];
    if (!main || finished === undefined || total === undefined) return undefined;
    const counts = { running: 0, review: 0, done: 0, failed: 0 };
    const rows: { dataset: string; status: string }[] = [];
    for (const badge of badges(main)) {
      const text = badge.innerText.trim();
      const [, number, kind] = /^(\d+) (running|review|done|failed)$/.exec(text) ?? [];
      if (kind !== undefined) counts[kind as keyof typeof counts] = Number(number);
      else if (/^(in progress|pending review|resuming|success|partial|error|cancelled)$/.test(text))
        rows.push({ dataset: badge.parentElement?.innerText.trim().split('\n', 1)[0]?.trim() ?? '', status: text });
    }
    return { total: Number(total), finished: Number(finished), counts, rows };
  };
  return new Promise((resolve, reject) => {
    const seen: Standing[] = [];
    let pending: number | undefined;
    const look = (): void => {
      pending = undefined;
      const now = read();
      if (now === undefined) return;
      if (JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now);
      if (now.total !== expected || now.finished !== expected) return;
      stop();
      resolve(seen);
    };
    const observer = new MutationObserver(() => {
      pending ??= window.setTimeout(look, 100);
    });
    const timer = window.setTimeout(() => {
      stop();
      const last = seen.at(-1);
      const shown = last ? `${last.finished} of ${last.total} finished` : 'no monitoring at all';
      reject(new Error(`${expected} projects should have finished; the load-test page shows ${shown}.`));
    }, timeoutMs);
    const stop = (): void => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(pending);
    };
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    look();
  });
}
