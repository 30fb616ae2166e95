/**
 * Joins what three witnesses say of a card's change: the frame (committed, sent), the page's socket (arrived) and the
 * page's screen (painted). Pure; fed in any order, it settles what can be settled.
 */
import type { CardEvent } from './events.ts';
import type { CardNews } from './socket-reader.ts';

/** A card as the page saw it painted. Milliseconds since 1970, by the page's clock. */
export interface Sight {
  readonly project: string;
  readonly status: string;
  /** The card was put on the page, rather than changed on it. */
  readonly mounted: boolean;
  readonly paintedAt: number;
  /** The time of the paint is not the browser's own. */
  readonly paintEstimated?: true;
  /** When the route last changed before that: what had arrived earlier was not waiting for this paint. */
  readonly routeAt: number;
}

interface Announced extends CardNews {
  readonly frame: string;
}

/** Frames whose arrival is remembered; those with news are asked for long before so many more have come. */
const keptArrivals = 5000;
/** News of one project that no screen showed: its analyst was looking at another page. */
const keptNews = 200;
/** A change that was not painted so long after it arrived will not be: pages paint within a few frames. */
const missedAfterMs = 1000;

export class CardJoiner {
  private readonly news = new Map<string, Announced[]>();
  private readonly arrivals = new Map<string, number>();
  private readonly shown = new Map<string, string>();
  /** Changes that were never painted because a later one was. */
  private superseded: Omit<CardEvent, 'own'>[] = [];
  /** From when on cards were, or were not, on the screen. */
  private readonly screens: { readonly at: number; readonly cards: boolean }[] = [];
  private unsettled: { readonly sight: Sight; waited: boolean }[] = [];

  /** A frame, known by its key, announced what a card will show. */
  announce(frame: string, news: CardNews): void {
    const list = this.news.get(news.project) ?? [];
    list.push({ ...news, frame });
    if (list.length > keptNews) list.shift();
    this.news.set(news.project, list);
  }

  /** The page received a frame at that time. */
  arrived(frame: string, at: number): void {
    this.arrivals.set(frame, at);
    if (this.arrivals.size <= keptArrivals) return;
    for (const oldest of this.arrivals.keys()) {
      this.arrivals.delete(oldest);
      break;
    }
  }

  /** From then on the page shows its cards, or something else. */
  routed(at: number, cards: boolean): void {
    this.screens.push({ at, cards });
  }

  /** A card was seen; one that shows what it showed before (a badge of figures changed) is no change of status. */
  seen(sight: Sight): void {
    this.unsettled.push({ sight, waited: false });
  }

  /**
   * Changes of status that are settled, oldest first: with their times where a frame explains them, else with the paint
   * alone. `final`: nothing more will come, and what was not painted until `now` is accounted for. A card that is put on
   * the page is a change only if a frame explains it.
   */
  settle(final: boolean, now = Number.POSITIVE_INFINITY): Omit<CardEvent, 'own'>[] {
    const settled: Omit<CardEvent, 'own'>[] = [];
    const waiting: typeof this.unsettled = [];
    const held = new Set<string>();
    for (const entry of this.unsettled) {
      const { sight } = entry;
      // A project's sights keep their order: a later one must not take the news of one that still waits.
      const news = held.has(sight.project) ? undefined : this.find(sight);
      const ready = news !== undefined && this.arrivals.has(news.frame);
      if (!final && !ready && (held.has(sight.project) || !entry.waited)) {
        entry.waited = !held.has(sight.project);
        held.add(sight.project);
        waiting.push(entry);
        continue;
      }
      const event = this.join(sight, news);
      if (event) settled.push(event);
    }
    this.unsettled = waiting;
    if (final) settled.push(...this.unpainted(now));
    return [...this.superseded.splice(0), ...settled];
  }

  /** The first news of that status that can have caused the sight; one whose arrival is not known yet still can. */
  private find({ project, status, routeAt, paintedAt }: Sight): Announced | undefined {
    return this.news.get(project)?.find((news) => {
      const arrivedAt = this.arrivals.get(news.frame) ?? paintedAt;
      return news.status === status && arrivedAt >= routeAt && arrivedAt <= paintedAt;
    });
  }

  private join(sight: Sight, news: Announced | undefined): Omit<CardEvent, 'own'> | undefined {
    const before = this.shown.get(sight.project);
    this.shown.set(sight.project, sight.status);
    const { project, status, paintedAt, paintEstimated } = sight;
    const painted = { type: 'card' as const, project, status, paintedAt, ...(paintEstimated && { paintEstimated }) };
    const arrivedAt = news && this.arrivals.get(news.frame);
    if (news) this.forget(news, sight.routeAt);
    if (!news || arrivedAt === undefined) return sight.mounted || before === sight.status ? undefined : painted;
    return { ...painted, ...saidOf(news), arrivedAt, end: 'painted' };
  }

  /** What a screen with cards on it did not show, though it had the time: the last change of a card, and those before it. */
  private unpainted(now: number): Omit<CardEvent, 'own'>[] {
    const events: Omit<CardEvent, 'own'>[] = [];
    for (const [project, list] of this.news) {
      const seen = list.filter((news) => {
        const arrivedAt = this.arrivals.get(news.frame);
        return arrivedAt !== undefined && arrivedAt + missedAfterMs <= this.cardsShownUntil(arrivedAt, now);
      });
      for (const [place, news] of seen.entries()) {
        const last = place === seen.length - 1;
        // A card that shows it already had changed and changed back before it could be painted.
        if (last && this.shown.get(project) === news.status) continue;
        events.push(this.unpaintedEvent(news, last ? 'missed' : 'superseded'));
      }
      list.length = 0;
    }
    return events;
  }

  private unpaintedEvent(news: Announced, end: 'missed' | 'superseded'): Omit<CardEvent, 'own'> {
    const arrivedAt = this.arrivals.get(news.frame);
    return {
      type: 'card',
      project: news.project,
      status: news.status,
      ...saidOf(news),
      ...(arrivedAt === undefined ? {} : { arrivedAt }),
      end,
    };
  }

  /** Until when the page went on showing cards, when it did at that time; else the beginning of time. */
  private cardsShownUntil(at: number, now: number): number {
    const place = this.screens.findLastIndex((screen) => screen.at <= at);
    if (!this.screens[place]?.cards) return Number.NEGATIVE_INFINITY;
    return this.screens[place + 1]?.at ?? now;
  }

  /** What a screen has shown is over, and so is what came before it and was never painted. */
  private forget(news: Announced, routeAt: number): void {
    const list = this.news.get(news.project) ?? [];
    for (const earlier of list.splice(0, list.indexOf(news) + 1)) {
      const arrivedAt = this.arrivals.get(earlier.frame);
      if (earlier !== news && arrivedAt !== undefined && arrivedAt >= routeAt)
        this.superseded.push(this.unpaintedEvent(earlier, 'superseded'));
    }
  }
}

/** What the frame said of the change. */
function saidOf({
  appeared,
  committedAtMs,
  sentAtMs,
}: CardNews): Pick<CardEvent, 'appeared' | 'committedAt' | 'sentAt'> {
  return {
    ...(appeared ? { appeared } : {}),
    ...(committedAtMs === undefined ? {} : { committedAt: committedAtMs }),
    ...(sentAtMs === undefined ? {} : { sentAt: sentAtMs }),
  };
}
