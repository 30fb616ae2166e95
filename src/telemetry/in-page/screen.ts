/** What appears on the screen: cards with their badges, and messages of failure. Runs in the page: it stands alone. */
import type { House } from './house.ts';
import type { PageConfig } from './messages.ts';
import type { WhenPainted } from './paint-clock.ts';

/** Watches the document for cards that appear or change their badges, each stamped when it was painted, and for messages of failure. */
export function watchScreen(house: House, { cards, failureToast }: PageConfig, whenPainted: WhenPainted): void {
  const shown = new WeakMap<Element, string>();
  const look = (card: Element): void => {
    const badges = [...card.querySelectorAll(cards.badge)].map(({ textContent }) => textContent.trim());
    const texts: string[] = [];
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue?.trim();
      if (text && !node.parentElement?.closest(cards.badge)) texts.push(text);
    }
    const [first] = texts;
    if (first === undefined) return;
    // The first text is enough to notice that the card is another's now; the age further down changes by itself.
    const look = [...(first === cards.stages ? texts : [first]), ...badges].join('\n');
    const before = shown.get(card);
    if (before === look) return;
    shown.set(card, look);
    const sight = { type: 'card', texts, badges, mounted: before === undefined, routeAt: house.routeAt() } as const;
    whenPainted((paintedAt, estimated) =>
      house.stamp({ ...sight, paintedAt, ...(estimated && { paintEstimated: true }) }),
    );
  };
  const elementOf = (node: Node): Element | null => (node instanceof Element ? node : node.parentElement);

  new MutationObserver((records) => {
    const touched = new Set<Element>();
    for (const { target, addedNodes } of records) {
      const card = elementOf(target)?.closest(cards.card);
      if (card) touched.add(card);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(cards.card)) touched.add(node);
        for (const inner of node.querySelectorAll(cards.card)) touched.add(inner);
        const toasts = node.matches(failureToast) ? [node] : node.querySelectorAll(failureToast);
        for (const toast of toasts) house.report({ type: 'toast', text: toast.textContent.trim().slice(0, 500) });
      }
    }
    for (const card of touched) look(card);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
