/** A headed run on a screen of its own: windows side by side, and a review that a person decides in one of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium, expect, test, type Browser } from '@playwright/test';
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

test('REVIEW=human: a person decides in the window, and the analyst goes on', async () => {
  const { settings, port } = await reachableBrowser();
  const run = startRun(
    lab.resultsDir,
    { ...lab.attached, ...settings, ANALYSTS: '1', BUNDLES: 'mobile-networks', REVIEW: 'human' },
    ['--headed'],
  );
  await run.until('events/analyst-01.jsonl', '"name":"open-review"');
  const person: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const page = person
      .contexts()
      .flatMap((context) => context.pages())
      .find((candidate) => candidate.url().endsWith('/review'));
    if (!page) throw new Error('No window shows the review.');
    await page.getByRole('button', { name: 'Skip', exact: true }).first().click();
    await page.getByRole('button', { name: 'Save & Continue' }).click();
    expect(await run.ended, run.output()).toBe(0);
  } finally {
    await person.close();
  }
  const journal = await readFile(path.join(await run.folder(), 'journal', 'analyst-01.jsonl'), 'utf8');
  expect(journal).toContain('"end":"completed"');
  expect(await readFile(path.join(await run.folder(), 'events', 'analyst-01.jsonl'), 'utf8')).toContain(
    '"name":"review-by-person"',
  );
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

test('windows of a headed run stand side by side', async () => {
  const { settings, port } = await reachableBrowser();
  const run = startRun(
    lab.resultsDir,
    { ...lab.attached, ...settings, ANALYSTS: '4', PER_WORKER: '4', BUNDLES: 'banking-app', UNTIL: 'launched' },
    ['--headed'],
  );
  await run.until('start/epoch', 'epoch');
  const person = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  try {
    const places = await Promise.all(
      person
        .contexts()
        .flatMap((context) => context.pages())
        .filter((page) => page.url().startsWith(lab.attached['BASE_URL'] ?? ''))
        .map(async (page) => {
          const session = await page.context().newCDPSession(page);
          const { bounds } = await session.send('Browser.getWindowForTarget');
          return [bounds.left, bounds.top, bounds.width, bounds.height].join();
        }),
    );
    expect(places.sort()).toEqual(['0,0,800,450', '0,450,800,450', '800,0,800,450', '800,450,800,450']);
  } finally {
    await person.close();
  }
  expect(await run.ended, run.output()).toBe(0);
});
