/** For tests of the store: an object server of the test's own, reached directly or over a line that can be cut. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, type Store } from './client.ts';
import type { StoreConfig } from './config.ts';
import type { Voice } from './progress.ts';

export interface StoreLab {
  /** For files of the test. */
  readonly folder: string;
  readonly config: StoreConfig;
  readonly store: Store;
  /** What was asked of the server so far, as `METHOD key`, without its bucket. */
  readonly asked: string[];
  /** Cuts the next so many answers to GET of this key after so many bytes. */
  cut(key: string, afterBytes: number, times: number): void;
  close(): Promise<void>;
}

export interface LabServer extends Omit<StoreConfig, 'endpoint'> {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens a store in a folder of its own, empty but for its bucket, with the server that `start` makes. */
export async function openStoreLab(start: (folder: string) => Promise<LabServer>): Promise<StoreLab> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-store-'));
  const server = await start(path.join(folder, 'data'));
  const { port, bucket, accessKeyId, secretAccessKey } = server;
  const asked: string[] = [];
  const cuts: { readonly key: string; readonly afterBytes: number; times: number }[] = [];
  const line = lineTo({ port, bucket }, asked, cuts);
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const config = {
    endpoint: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    bucket,
    accessKeyId,
    secretAccessKey,
  };
  const store = await openStore(config);
  return {
    folder,
    config,
    store,
    asked,
    cut: (key, afterBytes, times) => void cuts.push({ key, afterBytes, times }),
    async close() {
      store.close();
      line.closeAllConnections();
      line.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Hands every request on, and cuts some of the answers. */
function lineTo(
  { port, bucket }: Pick<LabServer, 'port' | 'bucket'>,
  asked: string[],
  cuts: readonly { readonly key: string; readonly afterBytes: number; times: number }[],
): Server {
  return createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const key = decodeURIComponent(new URL(url, 'http://store').pathname).replace(`/${bucket}/`, '');
    asked.push(`${method} ${key}`);
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      const cut = method === 'GET' ? cuts.find((each) => each.key === key && each.times > 0) : undefined;
      if (!cut) {
        answer.pipe(outgoing);
        return;
      }
      cut.times -= 1;
      let left = cut.afterBytes;
      answer.on('data', (chunk: Buffer) => {
        const part = chunk.subarray(0, left);
        left -= part.length;
        if (left > 0) outgoing.write(part);
        // Once the bytes are on their way, nothing follows.
        else outgoing.write(part, () => outgoing.destroy());
        if (left <= 0) answer.destroy();
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
}

/** Writes a bundle's files: their names and contents. */
export async function putBundle(
  folder: string,
  name: string,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  for (const [filename, content] of Object.entries(files)) await writeFile(path.join(folder, name, filename), content);
}

/** Remembers what is said. */
export function listener(): Voice & { readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, say: (line) => void lines.push(line) };
}
