/** The review: columns of the banner that the product was not certain about. */
import { expect, type Locator, type Page } from '@playwright/test';
import { standingOf, type RunStanding } from '../run-standing.ts';
import { content, Shell } from './shell.ts';

/** A flagged column as its card shows it. */
export interface FlaggedCard {
  readonly group: string;
  readonly column: string;
  /** What the product suggests; undefined when it suggests nothing. */
  readonly proposed: string | undefined;
  readonly hasAlternatives: boolean;
}

export type ReviewDecision = 'accept' | 'alternative' | 'hint' | 'skip';

const blank = new Set(['Empty', 'NA', '']);

export class ReviewPage {
  /** Of the request that saves a review, as telemetry names it. */
  readonly route = '/api/runs/:id/review';
  readonly #page: Page;
  readonly #timeoutMs: number;

  constructor(page: Page, timeoutMs: number) {
    this.#page = page;
    this.#timeoutMs = timeoutMs;
  }

  async isShown(): Promise<void> {
    await this.#page.getByRole('heading', { level: 1, name: 'Quick Review Needed', exact: true }).waitFor();
  }

  /** The flagged columns in the order of the page. */
  async columns(): Promise<FlaggedCard[]> {
    await this.#cards.first().waitFor();
    return this.#cards
      .evaluateAll((cards) =>
        cards.map((card) => {
          const lines = (card as HTMLElement).innerText
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '');
          const suggestion = lines.findIndex((line) => line.startsWith('AI suggests:'));
          const own = lines[suggestion]?.slice('AI suggests:'.length).trim() ?? '';
          const headings = [...document.querySelectorAll('main main h3')];
          const heading = headings
            .filter((candidate) => candidate.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING)
            .at(-1);
          return {
            group: (heading as HTMLElement | undefined)?.innerText.trim() ?? '',
            // The column's name comes first; its confidence may stand on the same line.
            column: (lines[0] ?? '').replace(/\s*\d+% confident$/, ''),
            suggested: own !== '' ? own : (lines[suggestion + 1] ?? ''),
            hasAlternatives: [...card.querySelectorAll('button')].some(
              (button) => button.innerText.trim() === 'Pick alternative',
            ),
          };
        }),
      )
      .then((found) =>
        found.map(({ suggested, ...column }) => ({
          ...column,
          proposed: blank.has(suggested) ? undefined : suggested,
        })),
      );
  }

  /** Decides the column at a place (from 0) and sees that the page shows it. */
  async decide(place: number, decision: ReviewDecision, hint: string): Promise<void> {
    const card = this.#cards.nth(place);
    const button = (name: string): Locator => card.getByRole('button', { name, exact: true });
    switch (decision) {
      case 'accept':
        await button('Accept').click();
        await expect(button('Accept'), 'Accept should show as chosen').toHaveAttribute('data-variant', 'default');
        return;
      case 'alternative':
        await button('Pick alternative').click();
        await this.#page.getByRole('menuitem').first().click();
        await expect(button('Accept'), 'Accept should no longer show as chosen').toHaveAttribute(
          'data-variant',
          'outline',
        );
        return;
      case 'hint':
        await button('Give hint').click();
        await card.getByPlaceholder('e.g., use variable Q5, not S2').fill(hint);
        await expect(button('Give hint'), 'Give hint should show as chosen').toHaveAttribute(
          'data-variant',
          'secondary',
        );
        return;
      case 'skip':
        await button('Skip').click();
        await expect(button('Skip'), 'Skip should show as chosen').toHaveAttribute('data-variant', 'secondary');
    }
  }

  /**
   * Saves, and returns when the page says that it is at work. The product answers at once when its tables are still being
   * made, else only when the whole run has ended: `done` waits for that answer and the project's page, and says how the run
   * stands by the answer's word.
   * `done` throws with the product's own words when the review is refused.
   */
  async save(): Promise<{ done(timeoutMs: number): Promise<RunStanding | undefined> }> {
    const answered = this.#page.waitForResponse(
      (response) => /\/api\/runs\/[^/]+\/review$/.test(new URL(response.url()).pathname),
      { timeout: 0 },
    );
    // A toast stays for four seconds only, so it is looked for from the beginning.
    const toasted = new Shell(this.#page).toast('Review saved').first().waitFor({ timeout: 0 });
    // Handed on: `done` awaits them; a page that closes first must not bring the worker down.
    for (const handedOn of [answered, toasted]) handedOn.catch(() => undefined);
    await content(this.#page).getByRole('button', { name: 'Save & Continue', exact: true }).click();
    const atWork = content(this.#page)
      .getByRole('button', { name: /^(Waiting for tables|Processing)\.\.\.$/ })
      .waitFor();
    atWork.catch(() => undefined); // The answer may come first, and with it another page.
    await Promise.race([atWork, answered]);
    return {
      done: async (timeoutMs) => {
        const response = await withinDeadline(answered, timeoutMs, 'The product did not answer the review');
        const body = (await response.json()) as { status?: string; error?: string };
        if (!response.ok())
          throw new Error(`The product refused the review with ${response.status()}: ${body.error ?? 'no message'}`);
        await withinDeadline(
          toasted,
          this.#timeoutMs,
          'The product accepted the review and did not say "Review saved"',
        );
        await this.#page.waitForURL(/\/projects\/[^/]+\/?$/);
        return body.status === undefined ? undefined : standingOf(body.status);
      },
    };
  }

  /**
   * Saves as the decisions stand, and returns the product's answer, whatever it is: for scenes in which a refusal is as
   * good an answer as any.
   */
  async submit(timeoutMs: number): Promise<{ readonly status: number; readonly message: string }> {
    const [response] = await Promise.all([
      this.#page.waitForResponse((answer) => /\/api\/runs\/[^/]+\/review$/.test(new URL(answer.url()).pathname), {
        timeout: timeoutMs,
      }),
      content(this.#page).getByRole('button', { name: 'Save & Continue', exact: true }).click(),
    ]);
    const body = (await response.json()) as { error?: string; message?: string };
    return { status: response.status(), message: body.error ?? body.message ?? '' };
  }

  /** Whether the page shows these words of a refusal within the time. */
  async tells(message: string, timeoutMs: number): Promise<boolean> {
    const words = content(this.#page).getByText(message, { exact: false }).first();
    return words.waitFor({ timeout: timeoutMs }).then(
      () => true,
      () => false,
    );
  }

  /** Cancels the run from its review; the dashboard follows. */
  async cancelRun(): Promise<void> {
    await content(this.#page).getByRole('button', { name: 'Cancel', exact: true }).click();
    await this.#page.waitForURL('**/dashboard');
  }

  /** Waits until a person has saved the review: the page of the project follows. */
  async decidedByPerson(timeoutMs: number): Promise<void> {
    const saved = this.#page.waitForURL(/\/projects\/[^/]+\/?$/, { timeout: 0 });
    saved.catch(() => undefined); // After the deadline nobody waits for it.
    await withinDeadline(saved, timeoutMs, 'Nobody saved the review');
  }

  /** One card a column: those that offer a decision. */
  get #cards(): Locator {
    return content(this.#page)
      .locator('[data-slot=card]')
      .filter({ has: this.#page.getByRole('button', { name: 'Accept', exact: true }) });
  }
}

async function withinDeadline<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${Math.round(timeoutMs / 1000)} s.`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
