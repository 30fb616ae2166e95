/** The product's sockets as telemetry wants them read: connections, and which card will show what. */
import type { SocketNews, SocketReader } from '../../telemetry/socket-reader.ts';
import { standingOf } from '../run-standing.ts';
import { ProjectBoard } from './board.ts';
import { FrameDecoder, isSyncSocket } from './decoder.ts';
import type { ChangeRecord, Happening } from './happenings.ts';

/** Badge texts of a dashboard card by run status (PRODUCT.md section 1); a finished run's card has no status badge. */
const badgeOfStatus: Readonly<Record<string, string>> = {
  in_progress: 'Processing',
  resuming: 'Processing',
  pending_review: 'Review Required',
  cancelled: 'Cancelled',
};
const statusBadges: readonly string[] = [...new Set(Object.values(badgeOfStatus))];
const finished = 'Finished';

/** Reads the sockets of one page; `board` is the list of projects as that page knows it. */
export class PageReader implements SocketReader {
  readonly board = new ProjectBoard();
  private readonly decoder = new FrameDecoder();
  private readonly announced = new Map<string, string>();
  /** Status and stage of each run, as last told. */
  private readonly stages = new Map<string, string>();
  private readonly listener: ((happening: Happening) => void) | undefined;

  /** `listener` hears of every happening, after the board has taken it in. */
  constructor(listener?: (happening: Happening) => void) {
    this.listener = listener;
  }

  concerns(url: string): boolean {
    return isSyncSocket(url);
  }

  sent(socketId: string, text: string): readonly SocketNews[] {
    return this.read(this.decoder.sent(socketId, text));
  }

  received(socketId: string, text: string): readonly SocketNews[] {
    return this.read(this.decoder.received(socketId, text));
  }

  closed(socketId: string): void {
    this.decoder.closed(socketId);
  }

  projectOf(texts: readonly string[]): string | undefined {
    return texts.find((text) => this.board.has(text));
  }

  statusOf(badges: readonly string[]): string {
    return statusBadges.find((badge) => badges.includes(badge)) ?? finished;
  }

  private read(happenings: readonly Happening[]): SocketNews[] {
    // A frame's happenings are one state: a new project and its run come as two results of one Transition.
    for (const happening of happenings) this.board.apply(happening);
    const news = happenings.flatMap((happening) => this.newsOf(happening));
    for (const happening of happenings) this.listener?.(happening);
    return news;
  }

  private newsOf(happening: Happening): SocketNews[] {
    switch (happening.type) {
      case 'changes':
        return [
          {
            type: 'traffic',
            subscription: happening.subscription,
            bytes: happening.bytes,
            ...(happening.sentAtMs === undefined ? {} : { sentAtMs: happening.sentAtMs }),
          },
          ...this.cardNews(happening),
          ...this.stageNews(happening),
        ];
      case 'connected': {
        const { sessionId, connectionCount, lastCloseReason } = happening;
        return [
          {
            type: 'connected',
            sessionId,
            connectionCount,
            ...(lastCloseReason === undefined ? {} : { lastCloseReason }),
          },
        ];
      }
      case 'synchronised':
        return [{ type: 'synchronised', changedRows: happening.changedRows }];
      case 'out-of-sequence':
        return [{ type: 'out-of-sequence', place: happening.place, filled: happening.filled }];
      case 'unexpected':
        return [{ type: 'trouble', fault: 'telemetry', message: `${happening.reason}: ${happening.excerpt}` }];
      case 'fatal-error':
      case 'auth-error':
        return [{ type: 'trouble', fault: 'product', message: `${happening.type}: ${happening.message}` }];
      case 'query-failed':
        return [
          { type: 'trouble', fault: 'product', message: `${happening.subscription} failed: ${happening.message}` },
        ];
      case 'subscribed':
      case 'unsubscribed':
      case 'ping':
        return [];
    }
  }

  /** Where runs stand anew; what a first result tells was committed at some earlier, unknown time. */
  private stageNews({ changes, initial, committedAtMs, sentAtMs }: ChangeRecord): SocketNews[] {
    return changes.flatMap(({ kind, id, projectId, after }): SocketNews[] => {
      if (kind !== 'run' || !after) return [];
      const { status, stage, progress, message } = after;
      const project = projectId === undefined ? undefined : this.board.byId(projectId);
      if (!project || typeof status !== 'string' || typeof stage !== 'string') return [];
      const told = `${status} ${stage}`;
      if (this.stages.get(id) === told) return [];
      this.stages.set(id, told);
      return [
        {
          type: 'stage',
          project: project.name,
          run: id,
          standing: standingOf(status),
          status,
          stage,
          ...(typeof progress === 'number' ? { progress } : {}),
          ...(typeof message === 'string' ? { message } : {}),
          ...(initial ? {} : { committedAtMs }),
          ...(sentAtMs === undefined ? {} : { sentAtMs }),
        },
      ];
    });
  }

  /** What cards will show anew. A first result is no news: its changes were committed at some earlier, unknown time. */
  private cardNews(record: ChangeRecord): SocketNews[] {
    const news: SocketNews[] = [];
    const touched = new Set(record.changes.flatMap(({ projectId }) => projectId ?? []));
    const created = new Set(
      record.changes.flatMap(({ kind, before, id }) => (kind === 'project' && before === undefined ? [id] : [])),
    );
    for (const projectId of touched) {
      const project = this.board.byId(projectId);
      if (!project) {
        this.announced.delete(projectId);
        continue;
      }
      const status = (project.status === undefined ? undefined : badgeOfStatus[project.status]) ?? finished;
      if (this.announced.get(projectId) === status) continue;
      this.announced.set(projectId, status);
      if (record.initial) continue;
      const { committedAtMs, sentAtMs } = record;
      news.push({
        type: 'card',
        project: project.name,
        status,
        ...(created.has(projectId) ? { appeared: true } : {}),
        committedAtMs,
        ...(sentAtMs === undefined ? {} : { sentAtMs }),
      });
    }
    return news;
  }
}
