/**
 * A process: the sandbox, and everything it says comes so many milliseconds later (`--delay`), answers as frames of its
 * sockets, in their order. Its work takes as long as ever.
 */
import http from 'node:http';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';

/** Lets requests wait before they are taken, and frames before they are sent. */
function delayBy(ms: number): void {
  const emit = http.Server.prototype.emit.bind(http.Server.prototype);
  http.Server.prototype.emit = function (this: http.Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event !== 'request') return Reflect.apply(emit, this, [event, ...args]) as boolean;
    setTimeout(() => void Reflect.apply(emit, this, [event, ...args]), ms);
    return true;
  };
  const sending = { send: WebSocket.prototype.send };
  WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]): void {
    setTimeout(() => {
      if (this.readyState === WebSocket.OPEN) Reflect.apply(sending.send, this, args);
    }, ms);
  };
}

const { values } = parseArgs({ options: { delay: { type: 'string', default: '0' } } });
const delayMs = Number(values.delay);
if (delayMs > 0) delayBy(delayMs);
await import('../sandbox/main.ts');
