import type { WebSocket } from 'ws';
import type { Faults } from './index.ts';

/** A network that loses connections: each second, each socket breaks off with the given chance. Ends with the socket. */
export function flap(socket: WebSocket, faults: Faults, random: () => number = Math.random): void {
  if (!faults.has('socket-flap')) return;
  const chance = faults.amount('socket-flap');
  const timer = setInterval(() => {
    if (random() < chance) socket.terminate();
  }, 1000);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}
