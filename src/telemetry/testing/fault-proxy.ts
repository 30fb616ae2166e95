/** For tests: a proxy on loopback before a product, with deliberate faults in what its sockets carry. Plain requests pass as they are. */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';

interface Line {
  readonly client: WebSocket;
  readonly upstream: WebSocket;
}

export class FaultProxy {
  readonly url: string;
  private readonly lines = new Set<Line>();
  private readonly stop: () => Promise<void>;
  private delayMs = 0;
  private copies = 0;
  private lose = 0;
  private swap = 0;
  private swapped: string | undefined;
  private held: string[] | undefined;
  private refusing = false;
  /** When the last frame was handed to each client; milliseconds since 1970. */
  readonly sentAt: number[] = [];

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url;
    this.stop = stop;
  }

  static async before(target: string): Promise<FaultProxy> {
    const server = createServer((request, response) => pass(target, request, response));
    const sockets = new WebSocketServer({ noServer: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const proxy = new FaultProxy(url, async () => {
      for (const { client, upstream } of proxy.lines) {
        client.terminate();
        upstream.terminate();
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    server.on('upgrade', (request, socket: Socket, head) => {
      if (proxy.refusing) socket.destroy();
      else
        sockets.handleUpgrade(request, socket, head, (client) =>
          proxy.connect(client, new WebSocket(target.replace('http', 'ws') + (request.url ?? ''))),
        );
    });
    return proxy;
  }

  /** From now on the product's frames come so much later. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** The product's next frames come twice. */
  duplicate(frames: number): void {
    this.copies = frames;
  }

  /** The product's next frames do not come. */
  drop(frames: number): void {
    this.lose = frames;
  }

  /** The product's next two frames come in the wrong order. */
  reorder(): void {
    this.swap = 2;
  }

  /** Frames are held back until `resume`; the sockets stay open. */
  stall(): void {
    this.held ??= [];
  }

  resume(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const text of held) this.give(text);
  }

  /** Closes every socket with a code; 1006 cuts the connection instead, as a broken network does. */
  close(code: number): void {
    for (const { client, upstream } of this.lines) {
      if (code === 1006) client.terminate();
      else client.close(code);
      upstream.close();
    }
  }

  /** Whether new sockets are refused. */
  refuse(refusing: boolean): void {
    this.refusing = refusing;
  }

  async end(): Promise<void> {
    await this.stop();
  }

  private connect(client: WebSocket, upstream: WebSocket): void {
    const line = { client, upstream };
    this.lines.add(line);
    const early: string[] = [];
    client.on('message', (data) => {
      const text = (data as Buffer).toString();
      if (upstream.readyState === WebSocket.OPEN) upstream.send(text);
      else early.push(text);
    });
    upstream.on('open', () => {
      for (const text of early.splice(0)) upstream.send(text);
    });
    upstream.on('message', (data) => void this.carry((data as Buffer).toString()));
    client.on('close', () => {
      this.lines.delete(line);
      upstream.close();
    });
    upstream.on('close', () => client.close());
    upstream.on('error', () => client.terminate());
  }

  private async carry(text: string): Promise<void> {
    if (this.lose > 0) {
      this.lose -= 1;
      return;
    }
    if (this.swap > 0) {
      this.swap -= 1;
      if (this.swapped === undefined) {
        this.swapped = text;
        return;
      }
      const first = this.swapped;
      this.swapped = undefined;
      this.give(text);
      this.give(first);
      return;
    }
    const copies = this.copies > 0 ? 2 : 1;
    this.copies = Math.max(0, this.copies - 1);
    if (this.delayMs > 0) await sleep(this.delayMs);
    for (let copy = 0; copy < copies; copy += 1) this.give(text);
  }

  private give(text: string): void {
    if (this.held) {
      this.held.push(text);
      return;
    }
    this.sentAt.push(performance.timeOrigin + performance.now());
    for (const { client } of this.lines) if (client.readyState === WebSocket.OPEN) client.send(text);
  }
}

function pass(target: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  const onward = ask(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}
