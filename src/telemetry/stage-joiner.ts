/**
 * Joins what the frames say of a run's stages with what the page saw: when the frame arrived, and when the stage's message
 * was painted, where a page that shows it was open. Pure.
 */
import type { StageEvent } from './events.ts';
import type { StageNews } from './socket-reader.ts';

/** A box of the page with texts in it, as it was painted. Milliseconds since 1970, by the page's clock. */
export interface TextSight {
  readonly texts: readonly string[];
  readonly paintedAt: number;
  /** When the route last changed before that: what had arrived earlier was not waiting for this paint. */
  readonly routeAt: number;
}

interface Announced {
  readonly frame: string;
  readonly news: StageNews;
  arrivedAt?: number;
  waited: boolean;
}

/** Arrivals that came before what Playwright told of their frames, and sights that may still be explained. */
const kept = 500;

export class StageJoiner {
  private readonly announced: Announced[] = [];
  private readonly arrivals = new Map<string, number>();
  private readonly sights: TextSight[] = [];

  /** A frame, known by its key, told of a stage. */
  announce(frame: string, news: StageNews): void {
    this.announced.push({ frame, news, waited: false });
  }

  /** The page received a frame at that time. */
  arrived(frame: string, at: number): void {
    this.arrivals.set(frame, at);
    for (const oldest of this.arrivals.keys()) {
      if (this.arrivals.size <= kept) break;
      this.arrivals.delete(oldest);
    }
    for (const each of this.announced) if (each.frame === frame) each.arrivedAt ??= at;
  }

  /** Something with these texts was painted. */
  seen(sight: TextSight): void {
    this.sights.push(sight);
    if (this.sights.length > kept) this.sights.shift();
  }

  /**
   * The stages that are settled, in the order of their frames: those whose arrival is known, and which were painted or had
   * a turn's time to be. `final`: nothing more will come, and what is left is told with what is known of it.
   */
  settle(final: boolean): StageEvent[] {
    for (const entry of this.announced) entry.arrivedAt ??= this.arrivals.get(entry.frame);
    const settled: StageEvent[] = [];
    let held = false;
    for (const entry of this.announced) {
      const paintedAt = this.paintOf(entry);
      const ready = entry.arrivedAt !== undefined && (paintedAt !== undefined || entry.waited);
      entry.waited = entry.arrivedAt !== undefined;
      held ||= !ready && !final;
      if (!held) settled.push(eventOf(entry, paintedAt));
    }
    this.announced.splice(0, settled.length);
    return settled;
  }

  /** A later stage's message may be the same: a paint after that one arrived is no longer this one's. */
  private paintOf({ news: { message, run }, arrivedAt }: Announced): number | undefined {
    if (message === undefined || arrivedAt === undefined) return undefined;
    const nextAt = this.announced.find(
      (other) => other.news.run === run && other.arrivedAt !== undefined && other.arrivedAt > arrivedAt,
    )?.arrivedAt;
    return this.sights.find(
      ({ texts, paintedAt, routeAt }) =>
        texts.includes(message) &&
        routeAt <= arrivedAt &&
        arrivedAt <= paintedAt &&
        (nextAt === undefined || paintedAt < nextAt),
    )?.paintedAt;
  }
}

function eventOf({ news, arrivedAt }: Announced, paintedAt: number | undefined): StageEvent {
  const { project, run, standing, status, stage, progress, committedAtMs, sentAtMs } = news;
  return {
    type: 'stage',
    project,
    productRunId: run,
    standing,
    status,
    stage,
    ...(progress === undefined ? {} : { progress }),
    ...(committedAtMs === undefined ? {} : { committedAt: committedAtMs }),
    ...(sentAtMs === undefined ? {} : { sentAt: sentAtMs }),
    ...(arrivedAt === undefined ? {} : { arrivedAt }),
    ...(paintedAt === undefined ? {} : { paintedAt }),
  };
}
