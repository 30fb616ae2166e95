/** The page's socket: one for all subscriptions, opened again after each close, with the same session. Runs in the page: it stands alone. */
import type { Live } from './types.ts';

export function openLive(url: string): Live {
  interface Subscription {
    readonly queryId: number;
    readonly udfPath: string;
    readonly args: Readonly<Record<string, string>>;
    readonly takes: Set<(value: unknown) => void>;
    last?: { readonly value: unknown };
  }
  interface Modification {
    readonly type: string;
    readonly queryId: number;
    readonly value?: unknown;
  }
  interface Frame {
    readonly type: string;
    readonly modifications?: readonly Modification[];
    readonly endVersion?: { readonly ts: string };
    readonly chunk?: string;
    readonly partNumber?: number;
    readonly totalParts?: number;
  }
  const sessionId = crypto.randomUUID();
  const subscriptions = new Map<number, Subscription>();
  let socket: WebSocket | undefined;
  let connectionCount = 0;
  let lastCloseReason = 'InitialConnect';
  let maxObservedTimestamp: string | undefined;
  let nextQueryId = 0;
  let querySet = 0;
  let failures = 0;
  let chunks: string[] = [];

  const say = (frame: object): void => socket?.send(JSON.stringify(frame));
  const modify = (modifications: readonly object[]): void => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    say({ type: 'ModifyQuerySet', baseVersion: querySet, newVersion: (querySet += 1), modifications });
  };
  const addition = ({ queryId, udfPath, args }: Subscription): object => ({
    type: 'Add',
    queryId,
    udfPath,
    args: [args],
  });
  const hear = (text: string): void => {
    const frame = JSON.parse(text) as Frame;
    if (frame.type === 'TransitionChunk') {
      chunks.push(frame.chunk ?? '');
      if (chunks.length === frame.totalParts) hear(chunks.splice(0).join(''));
      return;
    }
    if (frame.type !== 'Transition') return;
    failures = 0;
    maxObservedTimestamp = frame.endVersion?.ts;
    for (const { type, queryId, value } of frame.modifications ?? []) {
      const subscription = subscriptions.get(queryId);
      if (type !== 'QueryUpdated' || !subscription) continue;
      subscription.last = { value };
      for (const take of [...subscription.takes]) take(value);
    }
  };
  const connect = (): void => {
    socket = new WebSocket(url);
    querySet = 0;
    chunks = [];
    socket.onopen = () => {
      say({
        type: 'Connect',
        sessionId,
        connectionCount,
        lastCloseReason,
        ...(maxObservedTimestamp === undefined ? {} : { maxObservedTimestamp }),
        clientTs: Date.now(),
      });
      connectionCount += 1;
      if (subscriptions.size > 0) modify([...subscriptions.values()].map((each) => addition(each)));
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => hear(data);
    socket.onclose = ({ code }) => {
      lastCloseReason = `closed with code ${code}`;
      const delayMs = Math.min(16_000, 1000 * 2 ** failures) * (0.5 + Math.random());
      failures += 1;
      console.log(`Attempting reconnect in ${Math.round(delayMs)}ms`);
      setTimeout(connect, delayMs);
    };
  };
  connect();
  return {
    watch(udfPath, args, taking) {
      const take = taking as (value: unknown) => void;
      const key = JSON.stringify([udfPath, args]);
      // Whoever asks the same shares the answer.
      let subscription = [...subscriptions.values()].find((each) => JSON.stringify([each.udfPath, each.args]) === key);
      if (subscription) {
        subscription.takes.add(take);
        if (subscription.last) take(subscription.last.value);
      } else {
        subscription = { queryId: nextQueryId++, udfPath, args, takes: new Set([take]) };
        subscriptions.set(subscription.queryId, subscription);
        modify([addition(subscription)]);
      }
      const { queryId, takes } = subscription;
      return () => {
        takes.delete(take);
        if (takes.size > 0) return;
        subscriptions.delete(queryId);
        modify([{ type: 'Remove', queryId }]);
      };
    },
  };
}
