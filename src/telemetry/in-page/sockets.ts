/** Sockets as the page sees them: when each frame arrived, and with which code they closed. Runs in the page: it stands alone. */
import type { House } from './house.ts';

/** Wraps WebSocket. Frames become stamps under the name that `frameKey` gives them. */
export function watchSockets(house: House, frameKey: (text: string) => string): void {
  let count = 0;
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args: ConstructorParameters<typeof WebSocket>, newTarget) {
      const socket = Reflect.construct(target, args, newTarget) as WebSocket;
      count += 1;
      const about = { type: 'socket', socket: count, url: socket.url } as const;
      house.report({ ...about, phase: 'constructed' });
      socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const at = house.now();
        if (typeof data === 'string') house.stamp({ type: 'frame', key: frameKey(data), at });
      });
      socket.addEventListener('close', ({ code }) => house.report({ ...about, phase: 'closed', code }));
      return socket;
    },
  });
}
