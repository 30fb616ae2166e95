/** `report.html` in a real browser: whether everybody can read it, on a laptop and a phone, and whether it stays by itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { MusterEvent } from '../../telemetry/events.ts';
import { drawCharts } from '../charts/index.ts';
import { fold } from '../fold.ts';
import { event, goodJournal, goodJourney, projectOf, sampleRun, T0 } from '../sample-run.testing.ts';
import type { Finding, Summary } from '../summary.ts';
import { renderPage } from './page.ts';

const LAPTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const A = 'analyst-01';

/** What a product that means harm, or is only careless, could put into names, messages and routes. */
const HOSTILE = [
  '</style><script>window.hurt = 1</script>',
  '"><img src="http://198.51.100.7/x" onerror="window.hurt = 1"><svg onload="window.hurt = 1">',
  `${'x'.repeat(400)}`,
  '\u202eesrever\u202c \u2066isolated \u0000\u0007\u001b[31m\u009b1m',
  'مشروع العملاء الطويل جدًا',
  '👩‍👩‍👧‍👦'.repeat(60),
].join(' ');

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-page-'));
});
test.afterAll(() => rm(folder, { recursive: true }));

function stages(analyst: string): MusterEvent[] {
  const stage = (atMs: number, name: string, progress: number, standing: 'active' | 'waiting' | 'completed') =>
    event(analyst, atMs, {
      type: 'stage',
      project: projectOf(analyst),
      productRunId: `r-${analyst}`,
      standing,
      status: 'x',
      stage: name,
      progress,
      arrivedAt: T0 + atMs,
    });
  return [
    stage(5_000, 'uploading', 0, 'active'),
    stage(14_000, 'parsing', 10, 'active'),
    stage(20_000, 'crosstab_review_required', 50, 'waiting'),
    stage(30_000, 'applying_review', 55, 'active'),
    stage(35_000, 'filtering', 60, 'active'),
    stage(50_000, 'complete', 100, 'completed'),
  ];
}

function request(analyst: string, route: string, status: number, atMs: number): MusterEvent {
  const times = { startedAt: T0 + atMs, endedAt: T0 + atMs + 80 };
  return event(analyst, atMs + 90, {
    ...times,
    type: 'http',
    method: 'POST',
    route,
    status,
    outcome: 'answered',
    traceId: 't',
    measured: true,
  });
}

interface Asked {
  readonly summary: Pick<Summary, 'verdict'> & { readonly reasons: readonly string[] } & Partial<
      Omit<Summary, 'reasons'>
    >;
  readonly analysts?: readonly string[];
  readonly more?: readonly MusterEvent[];
  readonly bundle?: string;
}

/** The page of a run of so many, with all of its charts. */
async function pageOf(name: string, { summary: said, analysts = [], more = [], bundle }: Asked): Promise<string> {
  const own = analysts.flatMap((analyst, place) => [
    ...goodJourney(analyst, 40 * place).map((each) =>
      bundle !== undefined && each.type === 'analyst' && each.phase === 'begun' ? { ...each, bundle } : each,
    ),
    ...stages(analyst),
    request(analyst, '/api/projects/launch', 201, 4_000),
  ]);
  const health = [19, 20].map((second) =>
    event('worker-0', second * 1000, {
      type: 'health',
      source: 'worker',
      from: T0 + (second - 1) * 1000,
      to: T0 + second * 1000,
      loopLagP95Ms: second === 20 ? 80 : 2,
    }),
  );
  const folded = fold({
    run: sampleRun,
    records: {
      events: [...own, ...(analysts.length === 0 ? [] : health), ...more],
      journal: analysts.length === 0 ? [] : goodJournal(analysts),
      problems: [],
      torn: [],
    },
    expected: analysts,
    objectives:
      analysts.length === 0
        ? []
        : [
            { metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost', limit: 2500 },
            { metric: 'card.paint', tags: {}, statistic: 'p95', bound: 'below', limit: 17 },
          ],
    endedAt: new Date(T0 + 74_000),
  });
  const summary: Summary = { ...folded.facts, ...said, reasons: [...said.reasons] };
  const path = join(folder, `${name}.html`);
  await writeFile(
    path,
    renderPage({ summary, run: sampleRun, ...folded, charts: await drawCharts(sampleRun, folded) }),
  );
  return pathToFileURL(path).href;
}

const SIX = Array.from({ length: 6 }, (_, place) => `analyst-0${place + 1}`);

function findingOf(text: string, screen = 'findings/broken-line-1-ada.jpg'): Finding {
  const evidence = {
    lost: text,
    seen: [text],
    steps: [{ at: T0, analyst: A, what: text, durationMs: 5, outcome: 'ok' }],
    requests: [{ at: T0, analyst: A, method: 'POST', path: text, status: 500 }],
    screens: [screen],
    tries: 2,
    hits: 2,
    rerun: text,
  };
  return { id: 'broken-line', title: text, severity: 'major', evidence };
}

const PAGES = {
  passing: { summary: { verdict: 'PASS', reasons: ['6 of 6 journeys finished.'] }, analysts: SIX },
  failing: {
    summary: {
      verdict: 'FAIL',
      reasons: ['A defect was proved.', 'A journey failed.'],
      findings: [findingOf('A status is not shown')],
      baseline: { runId: 'earlier1', compared: 12, unlike: [], regressions: ['p95 of LCP went from 1 s to 2 s.'] },
    },
    analysts: SIX,
    more: [
      event(A, 61_000, { type: 'analyst', phase: 'finished', outcome: 'failed', error: 'It broke.' }),
      request(A, '/api/projects/launch', 429, 9_000),
    ],
  },
  invalid: { summary: { verdict: 'INVALID', reasons: ['The machine was too busy.', 'Try fewer.'] }, analysts: SIX },
  empty: { summary: { verdict: 'INVALID', reasons: ['The run could not start: no product.'] } },
} as const satisfies Readonly<Record<string, Asked>>;

/** How each is looked at. The failing one holds all that the passing and the invalid one do. */
const AUDITS: Readonly<Record<keyof typeof PAGES, readonly (readonly ['light' | 'dark', typeof LAPTOP])[]>> = {
  passing: [
    ['light', LAPTOP],
    ['dark', PHONE],
  ],
  failing: [
    ['light', LAPTOP],
    ['dark', LAPTOP],
    ['light', PHONE],
    ['dark', PHONE],
  ],
  invalid: [
    ['dark', LAPTOP],
    ['light', PHONE],
  ],
  empty: [
    ['light', LAPTOP],
    ['dark', LAPTOP],
    ['light', PHONE],
    ['dark', PHONE],
  ],
};

/** Whether the page fits: only what scrolls by itself may be wider than the window. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The tables of which a part is to be had by scrolling only: on a phone nobody would know that it is there. */
async function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const each of folded) each.open = true;
    const wide = [...document.querySelectorAll('.scroll')].filter((each) => each.scrollWidth > each.clientWidth + 1);
    for (const each of folded) each.open = false;
    return wide.map((each) => each.ariaLabel ?? 'without a name');
  });
}

test('pages of every kind are free of what keeps people from reading them, light and dark, on laptop and phone', async ({
  browser,
}) => {
  const page = await (await browser.newContext()).newPage();
  for (const [name, views] of Object.entries(AUDITS)) {
    await page.goto(await pageOf(name, PAGES[name as keyof typeof PAGES]));
    for (const [colorScheme, size] of views) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      // The page has no frames: the quicker way, which looks into none, misses nothing. In the dark only colours differ.
      const audit = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
      const { violations } = await (colorScheme === 'dark' ? audit.withRules('color-contrast') : audit).analyze();
      const said = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
      expect.soft(said, `${name}, ${colorScheme}, ${size.width} pixels`).toEqual([]);
      expect.soft(await overflow(page), `${name} at ${size.width} pixels`).toBe(0);
      expect.soft(await cut(page), `${name} at ${size.width} pixels`).toEqual([]);
    }
  }
  await page.context().close();
});

test('every link on the page leads somewhere, and the keyboard reaches what scrolls', async ({ page }) => {
  await page.setViewportSize(LAPTOP);
  await page.goto(await pageOf('links', PAGES.failing));
  const targets = await page.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(targets.length).toBeGreaterThan(30);
  const lost = await page.evaluate(
    (all) => all.filter((href) => !href.startsWith('#') || document.getElementById(href.slice(1)) === null),
    targets,
  );
  // A finding's picture is a file beside the page.
  expect(lost).toEqual(['findings/broken-line-1-ada.jpg']);
  await page.keyboard.press('Tab');
  await expect(page.locator('nav a').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#findings')).toBeInViewport();
  const unreachable = await page.evaluate(() =>
    [...document.querySelectorAll('.scroll')].filter(
      (each) => each.getAttribute('tabindex') !== '0' || !each.ariaLabel,
    ),
  );
  expect(unreachable).toEqual([]);
  // Two charts of one run over time, of which each window shows one.
  const chart = page.getByRole('img', { name: /^Who did what when: / });
  await expect(chart).toHaveCount(1);
  await page.setViewportSize(PHONE);
  await expect(chart).toHaveCount(1);
});

test('what a hostile product says is text: nothing is loaded, nothing runs, nothing is pushed out of the page', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (each) => asked.push(each.url()));
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const url = await pageOf('hostile', {
    summary: {
      verdict: 'FAIL',
      reasons: [HOSTILE, `${HOSTILE} again`],
      findings: [findingOf(HOSTILE, `javascript:window.hurt=1//findings/${HOSTILE}`)],
      baseline: { runId: HOSTILE, compared: 1, unlike: [], regressions: [HOSTILE] },
      prefix: HOSTILE,
    },
    analysts: SIX,
    bundle: HOSTILE,
    more: [
      event(A, 9_000, { type: 'error', source: 'console', message: HOSTILE }),
      event(A, 61_000, { type: 'analyst', phase: 'finished', outcome: 'failed', error: HOSTILE }),
      request(A, `/api/${HOSTILE}`, 500, 9_000),
    ],
  });
  for (const size of [PHONE, LAPTOP]) {
    await page.setViewportSize(size);
    await page.goto(url);
    expect(await overflow(page), `at ${size.width} pixels`).toBe(0);
  }
  const found = await page.evaluate(() => ({
    hurt: 'hurt' in window,
    foreign: document.querySelectorAll('script, img, iframe, link, object, svg[onload], a:not([href^="#"])').length,
    sheets: document.styleSheets.length,
    invisible: /\p{Bidi_Control}/u.test(document.body.innerHTML),
  }));
  expect(found).toEqual({ hurt: false, foreign: 0, sheets: 1, invisible: false });
  expect(new Set(asked)).toEqual(new Set([url]));
  expect(dialogs).toEqual([]);
  // And were there a hole, the browser would not let anything through it.
  const blocked = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
    });
    const script = document.createElement('script');
    script.textContent = 'window.hurt = 1';
    document.body.append(script);
    return [await violation, 'hurt' in window];
  });
  expect(blocked).toEqual(['script-src-elem', false]);
});
