/** A page's stamps become events: frames and cards are joined, and what else the page measured of itself is recorded. */
import { CardJoiner } from './card-joiner.ts';
import type { EventBody } from './events.ts';
import { httpEvent } from './http-event.ts';
import type { Stamp } from './in-page/messages.ts';
import { nowMs } from './now.ts';
import type { SocketNews, SocketReader } from './socket-reader.ts';
import { StageJoiner } from './stage-joiner.ts';
import { withoutQuery } from './without-query.ts';

export interface StampTakerOptions {
  readonly reader: SocketReader;
  readonly pageName: (url: string) => string;
  readonly routeName: (pathname: string) => string;
  /** Whether the page at a path shows cards. */
  readonly cardsShown: (path: string) => boolean;
  readonly measuringFrom: () => number;
  /** Whether a project is watched, and whether it is the analyst's own. */
  readonly watched: (project: string) => { readonly own: boolean } | undefined;
  readonly frameArrived: (socket: string, key: string, at: number) => void;
  readonly record: (body: EventBody) => void;
  readonly problem: (message: string) => void;
}

export class StampTaker {
  private readonly options: StampTakerOptions;
  private readonly cards = new CardJoiner();
  private readonly stages = new StageJoiner();
  /** Own projects that the dashboard has shown. */
  private readonly met = new Set<string>();
  /** When the page came to where cards are shown. */
  private readonly cardRoutes = new Set<number>();

  constructor(options: StampTakerOptions) {
    this.options = options;
  }

  /** What a frame told. */
  announce(frame: string, news: SocketNews): void {
    if (news.type === 'card') this.cards.announce(frame, news);
    if (news.type === 'stage' && this.options.watched(news.project)?.own) this.stages.announce(frame, news);
  }

  /** Records what the stamps say, and the cards and stages that they settle; all that are left when they are the `final` ones. */
  take(stamps: readonly Stamp[], final: boolean): void {
    const { record, watched } = this.options;
    for (const stamp of stamps) {
      if (stamp.type === 'frame') {
        this.cards.arrived(stamp.key, stamp.at);
        this.stages.arrived(stamp.key, stamp.at);
        this.options.frameArrived(stamp.socket, stamp.key, stamp.at);
      } else if (stamp.type === 'trouble') this.options.problem(stamp.message);
      else if (stamp.type === 'route') this.takeRoute(stamp);
      else if (stamp.type === 'long-frame') this.takeLongFrame(stamp);
      else if (stamp.type === 'request') record(httpEvent(stamp, this.options));
      else if (stamp.type === 'arrival') this.takeArrival(stamp);
      else if (stamp.type === 'drift') this.takeDrift(stamp);
      else if (stamp.type === 'card') this.takeCard(stamp);
    }
    for (const event of this.stages.settle(final)) record(event);
    for (const event of this.cards.settle(final, nowMs())) {
      const watch = watched(event.project);
      // What should have been painted is only known of projects that are known to be on the screen.
      if (!watch && event.paintedAt === undefined) continue;
      // Other boxes of the product are cards too; one that no frame explains and nobody watches is not a project's.
      if (watch || event.arrivedAt !== undefined) record({ ...event, own: watch?.own ?? false });
    }
  }

  private takeDrift({ from, to, samples, over, own, maxMs }: Extract<Stamp, { type: 'drift' }>): void {
    const { record, measuringFrom } = this.options;
    if (from < measuringFrom()) return;
    record({
      type: 'health',
      source: 'page',
      from,
      to,
      driftSamples: samples,
      driftOver50Ms: over,
      driftOwnOver50Ms: own,
      driftMaxMs: maxMs,
    });
  }

  private takeCard(stamp: Extract<Stamp, { type: 'card' }>): void {
    const { reader } = this.options;
    const { texts, badges, mounted, paintedAt, paintEstimated, routeAt } = stamp;
    // A project that the frames have not told of is known by what its card says first.
    const project = reader.projectOf(texts) ?? texts[0] ?? '';
    this.meet(project, stamp);
    this.stages.seen(stamp);
    const status = reader.statusOf(badges);
    this.cards.seen({ project, status, mounted, paintedAt, ...(paintEstimated ? { paintEstimated } : {}), routeAt });
  }

  private takeArrival({ url, type, ...times }: Extract<Stamp, { type: 'arrival' }>): void {
    this.options.record({ type, page: this.options.pageName(url), ...times });
  }

  /** The first sight of a project of the analyst's own; a wizard's summary is a box with its name, too, and no card of it. */
  private meet(project: string, { routeAt, paintedAt }: Extract<Stamp, { type: 'card' }>): void {
    if (this.met.has(project) || !this.cardRoutes.has(routeAt) || !this.options.watched(project)?.own) return;
    this.met.add(project);
    this.options.record({ type: 'first-card', project, routedAt: routeAt, paintedAt });
  }

  private takeRoute({ at, path, url, loaded }: Extract<Stamp, { type: 'route' }>): void {
    const { cardsShown, pageName, record, measuringFrom } = this.options;
    const cards = cardsShown(path);
    if (cards) this.cardRoutes.add(at);
    this.cards.routed(at, cards);
    record({ type: 'route', page: pageName(url), changedAt: at, loaded, cards, measured: at >= measuringFrom() });
  }

  private takeLongFrame({
    at,
    url,
    durationMs,
    blockingMs,
    ownMs,
    script,
  }: Extract<Stamp, { type: 'long-frame' }>): void {
    const { pageName, record, measuringFrom } = this.options;
    if (at < measuringFrom()) return;
    record({
      type: 'long-frame',
      page: pageName(url),
      startedAt: at,
      durationMs,
      blockingMs,
      ownMs,
      ...(script && { script: { ...script, source: withoutQuery(script.source) } }),
    });
  }
}
