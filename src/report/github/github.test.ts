import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fold } from '../fold.ts';
import { goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';
import type { Summary } from '../summary.ts';
import { renderAnnotations } from './annotations.ts';
import { escapeMarkdown, renderMarkdown } from './markdown.ts';
import { tellJob } from './tell-job.ts';

const analyst = 'analyst-01';

function written(changes: Partial<Summary> = {}) {
  const details = fold({
    run: sampleRun,
    records: { events: goodJourney(analyst), journal: goodJournal([analyst]), problems: [], torn: [] },
    expected: [analyst],
    objectives: [
      { metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost', limit: 2500 },
      { metric: 'web.inp', tags: {}, statistic: 'p75', bound: 'atMost', limit: 10 },
    ],
    endedAt: new Date(T0 + 74_000),
  });
  const summary: Summary = { ...details.facts, verdict: 'PASS', reasons: ['All is well.'], ...changes };
  return { summary, details };
}

test('the page begins with the verdict and its reasons, and has the figures below', () => {
  const it = written({ verdict: 'FAIL', reasons: ['First.', 'Second.'] });
  const page = renderMarkdown(it.summary, it);
  assert.match(page, /^## ❌ Muster: FAIL\n\nFirst\.\n\n- Second\.\n\n### Objectives\n\n\|/);
  assert.match(page, /\| Ledger \| 1 intended · 1 accepted/);
  assert.match(
    page,
    /### Slowest steps\n\n.*\n.*\n\| watch-to-end \(product computing\) \| 50 s \| 50 s \| 50 s \| 1 of 1 \| analyst-01 \|\n/,
  );
  assert.ok(page.endsWith('### Next\n\n- `npm run report` makes the Allure report of this run\n'));
});

test('objectives are a table, the missed ones first', () => {
  const it = written();
  const rows = renderMarkdown(it.summary, it)
    .split('\n')
    .filter((line) => / (met|missed) \|$/.test(line));
  assert.deepEqual(
    rows.map((line) => line.split(' | ').at(-1)),
    ['missed |', 'met |'],
  );
});

test('regressions, findings and breaches are told', () => {
  const it = written({
    baseline: { runId: 'older123', compared: 9, unlike: [], regressions: ['p95 of upload is 40 % worse'] },
    findings: [{ id: 'two-winners', title: 'Both reviews won', severity: 'critical', evidence: {} }],
    ledger: {
      ...written().summary.ledger,
      breaches: [{ kind: 'lost', project: 'P', what: 'is gone', evidence: [] }],
    },
  });
  const page = renderMarkdown(it.summary, it);
  assert.match(page, /### Against older123\n\n- p95 of upload is 40 % worse/);
  assert.match(page, /### Finding: Both reviews won/);
  assert.match(page, /### Breaches of the ledger\n\n- \*\*lost: “P” is gone\*\*/);
});

test('a run that never began has its verdict and reasons alone', () => {
  assert.equal(
    renderMarkdown({ verdict: 'INVALID', reasons: ['BASE_URL names x_y.'] }),
    '## ⚠️ Muster: INVALID\n\nBASE&#95;URL names x&#95;y.\n',
  );
});

test('what a run quotes cannot become a link, a table, a mention or a heading', () => {
  assert.equal(escapeMarkdown('a|b\n# [x](y) @team <b>'), 'a&#124;b &#35; &#91;x&#93;(y) &#64;team &#60;b&#62;');
});

test('a page that would be too long for GitHub loses whole blocks from its end, and says so', async () => {
  const endless = {
    verdict: 'FAIL' as const,
    reasons: Array.from({ length: 500 }, (_, at) => `${at} ${'é'.repeat(5_000)}`),
  };
  const it = written(endless);
  const whole = renderMarkdown(it.summary, it);
  assert.match(whole, /\n- … and 487 more in report\.html\.\n/);
  assert.ok(whole.length < 13 * 2_100 + 4_000, 'a text has an end');
  const limit = Buffer.byteLength(whole) - 100;
  const cut = renderMarkdown(it.summary, it, limit);
  assert.ok(Buffer.byteLength(cut) <= limit);
  assert.ok(whole.startsWith(cut.slice(0, cut.lastIndexOf('\n\n'))));
  assert.match(cut, /\n\nThe rest is in report\.html: this page may not be longer\.\n$/);
  assert.equal(renderMarkdown(it.summary, it, 0), '');
  const folder = await mkdtemp(join(tmpdir(), 'muster-job-'));
  try {
    const summaryFile = join(folder, 'summary.md');
    await writeFile(summaryFile, 'x'.repeat(1024 * 1024 - 600));
    const { summary, details } = written();
    await tellJob({ annotates: false, summaryFile }, { ...summary, written: { summary, details } }, () => undefined);
    const { size } = await stat(summaryFile);
    assert.ok(size > 1024 * 1024 - 600 && size <= 1024 * 1024, `${size}`);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('annotations: a warning for INVALID, errors for FAIL, none for PASS, at most ten, each one line', () => {
  assert.deepEqual(renderAnnotations({ verdict: 'PASS', reasons: ['x'] }), []);
  assert.deepEqual(renderAnnotations({ verdict: 'INVALID', reasons: ['50 %\n::error::no'] }), [
    '::warning title=Muster%3A INVALID::50 %25%0A::error::no',
  ]);
  const many = Array.from({ length: 12 }, (_, at) => `reason ${at}`);
  const shown = renderAnnotations({ verdict: 'FAIL', reasons: many });
  assert.deepEqual(shown.slice(-2), [
    '::error title=Muster%3A FAIL::reason 8',
    '::error title=Muster%3A FAIL::… and 3 more.',
  ]);
  assert.equal(shown.length, 10);
  assert.deepEqual(renderAnnotations({ verdict: 'PASS', reasons: ['x', 'It was not held to its figures.'] }), [
    '::notice title=Muster%3A PASS::It was not held to its figures.',
  ]);
  assert.ok((renderAnnotations({ verdict: 'FAIL', reasons: ['x'.repeat(70_000)] })[0] ?? '').length < 1_100);
});

test('the job is told only where there is one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-job-'));
  try {
    const said: string[] = [];
    const { summary, details } = written({ verdict: 'FAIL', reasons: ['Lost.'] });
    const conclusion = { verdict: summary.verdict, reasons: summary.reasons, written: { summary, details } };
    await tellJob({ annotates: false, summaryFile: undefined }, conclusion, (line) => said.push(line));
    assert.equal(said.length, 0);
    const summaryFile = join(folder, 'summary.md');
    await tellJob({ annotates: true, summaryFile }, conclusion, (line) => said.push(line));
    assert.deepEqual(said, ['::error title=Muster%3A FAIL::Lost.']);
    assert.match(await readFile(summaryFile, 'utf8'), /^## ❌ Muster: FAIL/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
