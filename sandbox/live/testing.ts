/** For the tests of the live server: a source in memory, a server on loopback, and the published client signed in. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ConvexClient } from 'convex/browser';
import { WebSocket } from 'ws';
import type { RunRow, RunStatus, Session } from '../contract.ts';
import type { Change, LiveSource } from '../ports.ts';
import { attachLive, type LiveOptions, type LiveServer } from './index.ts';

/** A source in memory: one list of names per organisation, and a list of runs. */
export class MemorySource implements LiveSource {
  readonly lists = new Map<string, string[]>([
    ['org-a', ['first']],
    ['org-b', ['theirs']],
  ]);
  readonly removed = new Set<string>();
  private readonly runs = new Map<string, RunRow>();
  latestTs = BigInt(Date.now()) * 1_000_000n;
  queries = 0;
  private readonly listeners = new Set<(change: Change) => void>();

  query(session: Session, udfPath: string): unknown {
    this.queries += 1;
    if (udfPath === 'projects:listByOrg') return this.lists.get(session.orgId) ?? [];
    if (udfPath === 'runs:listByOrg') return [...this.runs.values()];
    throw new Error(`There is no query ${udfPath}.`);
  }
  concerns(session: Session, udfPath: string, _args: Record<string, unknown>, change: Change): boolean {
    return (
      change.orgId === session.orgId && (change.topic === 'memberships' || udfPath === `${change.topic}:listByOrg`)
    );
  }
  onCommit(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
  commit(orgId: string, topic: Change['topic'] = 'projects'): void {
    this.latestTs += 1n;
    for (const listener of this.listeners) listener({ ts: this.latestTs, orgId, topic });
  }
  /** Makes a run of org-a, or changes it. */
  setRun(runId: string, status: RunStatus, progress: number): void {
    this.runs.set(runId, {
      _id: runId,
      _creationTime: 0,
      projectId: runId,
      orgId: 'org-a',
      launchedBy: 'ada',
      status,
      stage: '',
      progress,
      message: '',
      cancelRequested: false,
    });
    this.commit('org-a', 'runs');
  }
  add(orgId: string, name: string): void {
    this.lists.set(orgId, [name, ...(this.lists.get(orgId) ?? [])]);
    this.commit(orgId);
  }
}

export const person = (user: string, orgId: string): Session => ({
  userId: user,
  email: `${user}@x.test`,
  name: user,
  orgId,
  orgName: orgId,
  role: 'member',
});
export const people = new Map([
  ['ada', person('ada', 'org-a')],
  ['ben', person('ben', 'org-b')],
]);

export interface House {
  readonly url: string;
  readonly source: MemorySource;
  readonly live: LiveServer;
  /** The TCP streams under the sockets. */
  readonly streams: Socket[];
}
const tidy: (() => Promise<unknown>)[] = [];

/** Closes everything that was opened, newest first. */
export async function closeAll(): Promise<void> {
  for (const close of tidy.splice(0).reverse()) await close();
}

/** A live server on a fresh source; a cookie `user=<name>` signs in. */
export async function house(options: Partial<LiveOptions> = {}): Promise<House> {
  const source = new MemorySource();
  const server = createServer();
  const streams: Socket[] = [];
  server.on('connection', (stream) => streams.push(stream));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const live = attachLive({
    server,
    source,
    authenticate: (request) => {
      const session = people.get(/user=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
      return session && { session };
    },
    ...options,
  });
  tidy.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => live.close(),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, source, live, streams };
}

/** The published client, signed in as somebody of the house, its sockets at hand. */
export function client(url: string, user: string): ReturnType<typeof clientWith> {
  return clientWith(url, `user=${user}`);
}

/** The published client with a cookie, its sockets at hand. */
export function clientWith(
  url: string,
  cookie: string,
): { client: ConvexClient; sockets: WebSocket[]; frames: Record<string, unknown>[]; sent: Record<string, unknown>[] } {
  const sockets: WebSocket[] = [];
  const frames: Record<string, unknown>[] = [];
  const sent: Record<string, unknown>[] = [];
  class SignedIn extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie } });
      sockets.push(this);
      this.on('message', (data) => frames.push(JSON.parse((data as Buffer).toString()) as Record<string, unknown>));
    }
    override send(data: string): void {
      sent.push(JSON.parse(data) as Record<string, unknown>);
      super.send(data);
    }
  }
  const published = new ConvexClient(url, {
    webSocketConstructor: SignedIn as unknown as typeof globalThis.WebSocket,
    logger: false,
    unsavedChangesWarning: false,
  });
  tidy.push(() => published.close());
  return { client: published, sockets, frames, sent };
}
