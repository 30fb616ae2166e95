/** A project's card on the dashboard: live, and without a role of its own. */
import { expect, type Locator } from '@playwright/test';

/** Selectors of a card and its badges, and the heading of the one that tells of stages, for the telemetry that watches cards within the page. */
export const cardShape = {
  card: 'main main [data-slot=card]',
  badge: '[data-slot=badge]',
  stages: 'Pipeline Progress',
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

  /** What the card shows at this moment; undefined when it is not there. While the page is left for another: what that shows. */
  async status(): Promise<CardStatus | undefined> {
    for (;;) {
      try {
        const texts = await this.root.locator(cardShape.badge).allInnerTexts();
        if (texts.length === 0 && (await this.root.count()) === 0) return undefined;
        return badges.find((badge) => texts.some((text) => text.trim() === badge)) ?? 'Finished';
      } catch (error) {
        if (!isLeft(error)) throw error;
        await this.root.page().waitForLoadState('domcontentloaded');
      }
    }
  }

  /**
   * Waits until the card shows one of these, and says which; across page loads too. The page itself watches and answers
   * once: asking it again and again would cost more than all else that an analyst does. Not for timing: it looks at most
   * ten times a second.
   * @throws when the time is over, with what the card showed last.
   */
  async reaches(statuses: readonly CardStatus[], timeoutMs: number): Promise<CardStatus> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      try {
        return (await this.root.page().evaluate(watchStatus, {
          ...cardShape,
          name: this.name,
          badges,
          otherwise: 'Finished',
          statuses,
          timeoutMs: Math.max(0, deadline - Date.now()),
        })) as CardStatus;
      } catch (error) {
        if (!isLeft(error)) throw error;
      }
    }
  }
}

/** Whether the page went to another document while it was being asked. */
function isLeft(error: unknown): boolean {
  return error instanceof Error && /context was destroyed/i.test(error.message);
}

interface StatusWatch {
  readonly card: string;
  readonly badge: string;
  readonly name: string;
  /** Texts that are statuses, and what a card without any of them shows. */
  readonly badges: readonly string[];
  readonly otherwise: string;
  readonly statuses: readonly string[];
  readonly timeoutMs: number;
}

/** Runs in the page: it stands alone. */
function watchStatus(watch: StatusWatch): Promise<string> {
  let found: Element | undefined;
  const bearsName = (card: Element): boolean =>
    card.textContent.includes(watch.name) &&
    [...card.querySelectorAll('*')].some(({ textContent }) => textContent.trim() === watch.name);
  const status = (): string | undefined => {
    if (!found?.isConnected || !bearsName(found))
      found = [...document.querySelectorAll(watch.card)].find((card) => bearsName(card));
    if (!found) return undefined;
    const texts = [...found.querySelectorAll(watch.badge)].map(({ textContent }) => textContent.trim());
    return watch.badges.find((badge) => texts.includes(badge)) ?? watch.otherwise;
  };
  return new Promise((resolve, reject) => {
    let pending: number | undefined;
    const look = (): void => {
      pending = undefined;
      const seen = status();
      if (seen === undefined || !watch.statuses.includes(seen)) return;
      stop();
      resolve(seen);
    };
    const observer = new MutationObserver(() => {
      pending ??= window.setTimeout(look, 100);
    });
    const timer = window.setTimeout(() => {
      stop();
      reject(
        new Error(
          `The card of "${watch.name}" should reach ${watch.statuses.join(' or ')}; it shows ${status() ?? 'nothing: it is not there'}.`,
        ),
      );
    }, watch.timeoutMs);
    const stop = (): void => {
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(pending);
    };
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    look();
  });
}
