/** Every way on which foreign data can reach a page is searched: socket, answer, document, screen, field. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base } from '@playwright/test';
import { WebSocketServer } from 'ws';
import type { MarkerEvent, SearchEvent } from './events-ledger.ts';
import { MarkerSearch } from './marker-search.ts';

const marker = 'mk-run-stranger-mk';

interface Product {
  readonly url: string;
  /** What each way bears. */
  readonly bears: { frame: string; json: string; document: string; script: string };
}

const test = base.extend<{
  product: Product;
  found: (MarkerEvent | SearchEvent)[];
  search: MarkerSearch;
  seenMs: number;
}>({
  // eslint-disable-next-line no-empty-pattern
  product: async ({}, use) => {
    const bears = { frame: 'nothing', json: '', document: '', script: '' };
    const server = createServer((request, response) => {
      const [type, body] =
        request.url === '/data'
          ? ['application/json', JSON.stringify({ text: bears.json })]
          : request.url === '/code.js'
            ? ['text/javascript', `// ${bears.script}`]
            : [
                'text/html',
                `<!doctype html><title>T</title><!-- ${bears.document} --><script src="/code.js"></script><p id="p"></p><input>`,
              ];
      response.setHeader('content-type', type ?? '').end(body);
    });
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => socket.send(bears.frame));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bears });
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  },
  // eslint-disable-next-line no-empty-pattern
  found: async ({}, use) => use([]),
  seenMs: [0, { option: true }],
  search: async ({ page, found, seenMs }, use) => {
    const search = new MarkerSearch({
      needle: 'run',
      find: (text) => (text.includes(marker) ? [{ owner: 'stranger', excerpt: text.slice(0, 200) }] : []),
      record: (event) => found.push(event),
      seenMs,
    });
    search.watch(page);
    await use(search);
  },
});

/** Everything that the page can do: open a socket and wait for its frame, ask for data. */
const useAll = `(async () => {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/live');
  await new Promise((resolve) => (socket.onmessage = resolve));
  await (await fetch('/data')).json();
})()`;

const places = (found: readonly (MarkerEvent | SearchEvent)[]): string[] =>
  found.flatMap((event) => (event.type === 'marker' ? [`${event.place} ${event.where}`] : [])).sort();

test('nothing foreign: nothing found, and everything that bears data was searched', async ({
  page,
  product,
  search,
  found,
}) => {
  product.bears.script = marker; // Code is the same for everybody.
  await page.goto(product.url);
  await page.evaluate(useAll);
  await search.look(page, 'dashboard');
  await search.finish();
  expect(places(found)).toEqual([]);
  expect(found.at(-1)).toMatchObject({ type: 'search', frames: 1, responses: 2, screens: 1, unread: 0 });
});

for (const [way, place] of [
  ['frame', 'frame /live'],
  ['json', 'response GET /data'],
  ['document', 'response GET /'],
] as const)
  test(`a marker in a ${way} is found there, once`, async ({ page, product, search, found }) => {
    product.bears[way] = `before ${marker} after`;
    await page.goto(product.url);
    await page.evaluate(useAll);
    await page.evaluate(useAll);
    await search.look(page, 'dashboard');
    await search.finish();
    expect(places(found)).toEqual([place]);
  });

test('a marker on the screen, in its text, its title or a field, is found at the end of the step', async ({
  page,
  product,
  search,
  found,
}) => {
  await page.goto(product.url);
  for (const [step, show] of [
    ['text', `document.querySelector('#p').textContent = '${marker}'`],
    ['field', `document.querySelector('#p').textContent = ''; document.querySelector('input').value = '${marker}'`],
    ['title', `document.querySelector('input').value = ''; document.title = '${marker}'`],
  ] as const) {
    await page.evaluate(show);
    await search.look(page, step);
  }
  await search.finish();
  expect(places(found)).toEqual(['screen field', 'screen text', 'screen title']);
});

test.describe('where steps follow each other on one page', () => {
  test.use({ seenMs: 600_000 });
  test('the page is looked at once, and another page at once', async ({ page, product, search, found }) => {
    await page.goto(product.url);
    for (const step of ['one', 'two', 'three']) await search.look(page, step);
    await page.goto(`${product.url}/other`);
    await search.look(page, 'four');
    await search.finish();
    expect(found.at(-1)).toMatchObject({ type: 'search', screens: 2 });
  });
});

test('a page that is gone is a screen unread, not an error', async ({ page, product, search, found }) => {
  await page.goto(product.url);
  await page.close();
  await search.look(page, 'dashboard');
  await search.finish();
  expect(found.at(-1)).toMatchObject({ type: 'search', screens: 0, unread: 1 });
});
