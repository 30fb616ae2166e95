/** A headed run on a screen of its own: windows side by side, and a review that a person decides in one of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/lib/browser.mjs';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type Lab } from './child-run.ts';

const xvfb = '/usr/bin/Xvfb';
test.skip(!existsSync(xvfb), 'Xvfb is not installed (Debian package xvfb): there is no screen for windows.');
test.describe.configure({ mode: 'default', timeout: 240_000 });

let lab: Lab<Account>;
let screen: ChildProcess;
let display: string;
test.beforeEach(async () => {
  lab = await openLab(await startSandbox({ pace: 0.2, limits: 'none' }));
  screen = spawn(xvfb, ['-displayfd', '1', '-screen', '0', '1600x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  display = await new Promise((resolve, reject) => {
    screen.stdout?.once('data', (chunk: Buffer) => resolve(`:${chunk.toString().trim()}`));
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
  });
});
test.afterEach(async () => {
  screen.kill();
  await lab.close();
});

/** A browser that a person's stand-in can reach beside the run: a wrapper that opens a debugging port of its own. */
async function reachableBrowser(): Promise<{ settings: Record<string, string>; port: number }> {
  const found = await findBrowser({ headed: true });
  if (!found) throw new Error('There is no browser.');
  const wrapper = path.join(os.tmpdir(), 'muster-reachable-browser.sh');
  const executable = found.executablePath ?? chromium.executablePath();
  await writeFile(wrapper, `#!/bin/sh\nexec "${executable}" "$@" --remote-debugging-port="\${REACH_PORT:-0}"\n`, {
    mode: 0o755,
  });
  const port = await new Promise<number>((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address() as net.AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
  return { settings: { BROWSER: wrapper, REACH_PORT: String(port), DISPLAY: display }, port };
}

function pagesOf(person: Browser): Page[] {
  return person
    .contexts()
    .flatMap((context) => context.pages())
    .filter((page) => page.url().startsWith(lab.attached['BASE_URL'] ?? ''));
}

/** The windows of the run as the browser knows them: where each stands, and what its name tag says. */
async function windowsOf(person: Browser): Promise<{ place: string; tag: string }[]> {
  const windows = await Promise.all(
    pagesOf(person).map(async (page) => {
      const session = await page.context().newCDPSession(page);
      const { bounds } = await session.send('Browser.getWindowForTarget');
      await session.send('DOM.enable');
      const { nodes } = await session.send('DOM.getFlattenedDocument', { depth: -1, pierce: true });
      await session.detach();
      return {
        place: [bounds.left, bounds.top, bounds.width, bounds.height].join(),
        tag: nodes.map(({ nodeValue }) => nodeValue).find((text) => /^analyst-\d+ · waits/.test(text)) ?? 'none',
      };
    }),
  );
  return windows.sort((a, b) => a.tag.localeCompare(b.tag));
}

test('windows stand side by side on the screen that SCREEN names; a person is called to each, decides there, and its analyst goes on', async () => {
  const { settings, port } = await reachableBrowser();
  const run = startRun(
    lab.resultsDir,
    {
      ...lab.attached,
      ...settings,
      ANALYSTS: '2',
      PER_WORKER: '2',
      BUNDLES: 'mobile-networks',
      REVIEW: 'human',
      SCREEN: '1280x720',
    },
    ['--headed'],
  );
  for (const analyst of ['analyst-01', 'analyst-02'])
    await run.until(`events/${analyst}.jsonl`, '"name":"review-by-person"');
  const person = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    // Drawn half as large as usual, so that a pixel of theirs is half a pixel of the screen.
    await expect
      .poll(() => windowsOf(person))
      .toEqual([
        { place: '0,0,1280,888', tag: 'analyst-01 · waits for you' },
        { place: '1280,0,1280,888', tag: 'analyst-02 · waits for you' },
      ]);
    for (const page of pagesOf(person)) {
      await page.getByRole('button', { name: 'Skip', exact: true }).first().click();
      await page.getByRole('button', { name: 'Save & Continue' }).click();
    }
    expect(await run.ended, run.output()).toBe(0);
  } finally {
    await person.close();
  }
  expect(run.output().split('\u0007'), 'a bell each').toHaveLength(3);
  for (const [analyst, place] of [
    ['analyst-01', 'row 1, column 1'],
    ['analyst-02', 'row 1, column 2'],
  ] as const) {
    expect(run.output()).toMatch(
      new RegExp(`${analyst} waits for you, for the review of ".*": in the window in ${place},`),
    );
    const journal = await readFile(path.join(await run.folder(), 'journal', `${analyst}.jsonl`), 'utf8');
    expect(journal).toContain('"end":"completed"');
  }
  expect(lab.remaining()).toEqual([]);
});

test('REVIEW=human: a person who does not come is waited for as long as REVIEW_DEADLINE_MIN says', async () => {
  const run = startRun(
    lab.resultsDir,
    {
      ...lab.attached,
      DISPLAY: display,
      ANALYSTS: '1',
      BUNDLES: 'mobile-networks',
      REVIEW: 'human',
      REVIEW_DEADLINE_MIN: '0.05',
    },
    ['--headed'],
  );
  expect(await run.ended, run.output()).toBe(1);
  expect(run.output().replace(/\s+/g, ' ')).toContain('Nobody saved the review within 3 s');
  expect(lab.remaining()).toEqual([]);
});
