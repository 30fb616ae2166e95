/** A project's card on the dashboard: live, and without a role of its own. */
import { expect, type Locator } from '@playwright/test';

/** Selectors of a card and its badges, for the telemetry that watches cards within the page. */
export const cardShape = {
  card: 'main main [data-slot=card]',
  badge: '[data-slot=badge]',
} as const;

/** What a card shows: its status badge, or `Finished` when it has none and the run is not active. */
export type CardStatus = 'Processing' | 'Review Required' | 'Cancelled' | 'Finished';

const badges = ['Processing', 'Review Required', 'Cancelled'] as const;

export class ProjectCard {
  readonly root: Locator;
  readonly name: string;

  constructor(root: Locator, name: string) {
    this.root = root;
    this.name = name;
  }

  /** Opens the project: its review when one is waiting, else its page. */
  async open(): Promise<void> {
    await this.root.getByText(this.name, { exact: true }).click();
  }

  /** Resolves when the card is there. */
  async appears(timeoutMs: number): Promise<void> {
    await expect(this.root, `the card of "${this.name}" should appear on the dashboard without a reload`).toBeVisible({
      timeout: timeoutMs,
    });
  }

  /** What the card shows at this moment; undefined when it is not there. */
  async status(): Promise<CardStatus | undefined> {
    const texts = await this.root.locator(cardShape.badge).allInnerTexts();
    if (texts.length === 0 && (await this.root.count()) === 0) return undefined;
    return badges.find((badge) => texts.some((text) => text.trim() === badge)) ?? 'Finished';
  }

  /** Waits until the card shows one of these, and says which. A timing must not be taken from here: it polls. */
  async reaches(statuses: readonly CardStatus[], timeoutMs: number): Promise<CardStatus> {
    let seen: CardStatus | undefined;
    await expect
      .poll(async () => (seen = await this.status()) !== undefined && statuses.includes(seen), {
        timeout: timeoutMs,
        intervals: [250],
        message: `the card of "${this.name}" should reach ${statuses.join(' or ')}`,
      })
      .toBe(true);
    if (seen === undefined) throw new Error(`The card of "${this.name}" vanished.`);
    return seen;
  }
}
