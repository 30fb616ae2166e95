/** Sockets as the page sees them: when they opened, when each frame arrived, and with which code they closed. Runs in the page: it stands alone. */
import type { House } from './house.ts';

/** Wraps WebSocket, in frames too. Frames become stamps under the name that `frameKey` gives them. */
export function watchSockets(
  house: Pick<House, 'document' | 'now' | 'report' | 'stamp'>,
  frameKey: (text: string) => string,
): void {
  const inFrame = window !== window.top;
  let count = 0;
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args: ConstructorParameters<typeof WebSocket>, newTarget) {
      const socket = Reflect.construct(target, args, newTarget) as WebSocket;
      count += 1;
      const about = { type: 'socket', socket: count, url: socket.url, inFrame } as const;
      const name = `${house.document} ${count}`;
      house.report({ ...about, phase: 'constructed' });
      const send = socket.send.bind(socket);
      socket.send = (data) => {
        delete (socket as Partial<WebSocket>).send;
        send(data);
        if (typeof data === 'string') house.report({ ...about, phase: 'spoke', key: frameKey(data) });
      };
      socket.addEventListener('open', () => house.report({ ...about, phase: 'opened' }));
      socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const at = house.now();
        if (typeof data === 'string') house.stamp({ type: 'frame', key: frameKey(data), at, socket: name });
      });
      socket.addEventListener('close', ({ code }) => house.report({ ...about, phase: 'closed', code }));
      return socket;
    },
  });
}
