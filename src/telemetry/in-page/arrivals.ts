/** When the page that a change of route leads to is on the screen. Runs in the page: it stands alone. */
import type { House } from './house.ts';
import type { WhenPainted } from './paint-clock.ts';
import type { PromptedAt } from './prompts.ts';

/**
 * A page is known by its heading of the first level: from a change of route on the document is watched until another
 * heading is there, and that is stamped when it was painted, with what was asked of the page before. Between two changes
 * of route nothing is watched.
 */
export function watchArrivals(house: House, promptedAt: PromptedAt, whenPainted: WhenPainted): void {
  interface Journey {
    readonly url: string;
    readonly promptedAt: number;
    readonly routedAt: number;
    readonly left: { readonly element: Element | undefined; readonly text: string };
  }
  let under: Journey | undefined;
  const heading = (): Journey['left'] => {
    const [element] = document.getElementsByTagName('h1');
    return { element, text: element?.textContent.trim() ?? '' };
  };
  const stamp = ({ url, promptedAt: prompted, routedAt }: Journey, paintedAt?: number): void =>
    house.stamp({
      type: 'arrival',
      url,
      routedAt,
      ...(prompted > 0 ? { promptedAt: prompted } : {}),
      ...(paintedAt === undefined ? {} : { paintedAt }),
    });
  const observer = new MutationObserver(() => {
    if (!under) return;
    const { element, text } = heading();
    if (text === '' || (element === under.left.element && text === under.left.text)) return;
    const arrived = under;
    under = undefined;
    observer.disconnect();
    whenPainted((paintedAt) => stamp(arrived, paintedAt));
  });
  house.onRoute((routedAt) => {
    const url = location.href;
    const prompted = promptedAt();
    // Led on by the page itself, without being asked again: still the same way.
    if (under?.promptedAt === prompted) {
      under = { ...under, url };
      return;
    }
    if (under) stamp(under);
    under = { url, promptedAt: prompted, routedAt, left: heading() };
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
  house.beforeDrain((last) => {
    if (!last || !under) return;
    stamp(under);
    under = undefined;
  });
}
