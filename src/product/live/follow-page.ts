/** Feeding a page's sockets to a reader where there is no telemetry: preflight and teardown. */
import type { Page } from '@playwright/test';
import type { Happening } from './happenings.ts';
import type { ProjectBoard } from './board.ts';
import { PageReader } from './page-reader.ts';

/** Reads the sync sockets of a page from now on; call it before the page's first navigation. */
export function followPage(page: Page, listener?: (happening: Happening) => void): ProjectBoard {
  const reader = new PageReader(listener);
  let sockets = 0;
  page.on('websocket', (socket) => {
    if (!reader.concerns(socket.url())) return;
    sockets += 1;
    const socketId = `s${sockets}`;
    socket.on('framesent', ({ payload }) => void (typeof payload === 'string' && reader.sent(socketId, payload)));
    socket.on(
      'framereceived',
      ({ payload }) => void (typeof payload === 'string' && reader.received(socketId, payload)),
    );
    socket.on('close', () => reader.closed(socketId));
  });
  return reader.board;
}
