/**
 * A process: the sandbox, and everything it says comes so many milliseconds later (`--delay`), answers as frames of its
 * sockets, in their order. Its work takes as long as ever.
 */
import http from 'node:http';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';

/** Lets requests wait before they are taken, and frames before they are sent. */
function delayBy(ms: number): void {
  // Read by name, because each is called on whatever it was called on.
  const emit = Reflect.get(http.Server.prototype, 'emit') as (...args: unknown[]) => boolean;
  http.Server.prototype.emit = function (this: http.Server, ...args: unknown[]): boolean {
    if (args[0] !== 'request') return Reflect.apply(emit, this, args);
    setTimeout(() => void Reflect.apply(emit, this, args), ms);
    return true;
  };
  const send = Reflect.get(WebSocket.prototype, 'send') as (...args: unknown[]) => void;
  WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]): void {
    setTimeout(() => {
      if (this.readyState === WebSocket.OPEN) Reflect.apply(send, this, args);
    }, ms);
  };
}

const { values } = parseArgs({ options: { delay: { type: 'string', default: '0' } } });
const delayMs = Number(values.delay);
if (delayMs > 0) delayBy(delayMs);
await import('../sandbox/main.ts');
