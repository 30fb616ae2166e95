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
  /** When the route last changed before that: what had arrived earlier was not waiting for this paint. */
  readonly routeAt: number;
}

interface Announced extends CardNews {
  readonly frame: string;
}

/** Frames whose arrival is remembered; those with news are asked for long before so many more have come. */
const keptArrivals = 5000;
/** News of one project that no screen showed: its analyst was looking at another page. */
const keptNews = 20;

export class CardJoiner {
  private readonly news = new Map<string, Announced[]>();
  private readonly arrivals = new Map<string, number>();
  private readonly shown = new Map<string, string>();
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

  /** A card was seen; one that shows what it showed before (a badge of figures changed) is no change of status. */
  seen(sight: Sight): void {
    this.unsettled.push({ sight, waited: false });
  }

  /**
   * Changes of status that are settled, oldest first: with their times where a frame explains them, else with the paint
   * alone. `final`: nothing more will come. A card that is put on the page is a change only if a frame explains it.
   */
  settle(final: boolean): Omit<CardEvent, 'own'>[] {
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
    return settled;
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
    const painted = { type: 'card' as const, project: sight.project, status: sight.status, paintedAt: sight.paintedAt };
    const arrivedAt = news && this.arrivals.get(news.frame);
    if (news) this.forget(news);
    if (!news || arrivedAt === undefined) return sight.mounted || before === sight.status ? undefined : painted;
    const { committedAtMs, sentAtMs } = news;
    return {
      ...painted,
      ...(committedAtMs === undefined ? {} : { committedAt: committedAtMs }),
      ...(sentAtMs === undefined ? {} : { sentAt: sentAtMs }),
      arrivedAt,
    };
  }

  /** What a screen has shown is over, and so is what came before it and was never painted. */
  private forget(news: Announced): void {
    const list = this.news.get(news.project) ?? [];
    list.splice(0, list.indexOf(news) + 1);
  }
}
