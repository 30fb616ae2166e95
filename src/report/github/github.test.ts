import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
  return { summary, details, analysts: details.analysts };
}

test('the page begins with the verdict and its reasons, and has the figures below', () => {
  const it = written({ verdict: 'FAIL', reasons: ['First.', 'Second.'] });
  const page = renderMarkdown(it.summary, it);
  assert.match(page, /^## ❌ Muster: FAIL\n\nFirst\.\n\n- Second\.\n\n\| {2}\| {2}\|/);
  assert.match(page, /\| Ledger \| 1 intended · 1 accepted/);
  assert.ok(page.endsWith('</details>\n'));
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

test('annotations: a warning for INVALID, errors for FAIL, none for PASS, at most ten, each one line', () => {
  assert.deepEqual(renderAnnotations({ verdict: 'PASS', reasons: ['x'] }), []);
  assert.deepEqual(renderAnnotations({ verdict: 'INVALID', reasons: ['50 %\n::error::no'] }), [
    '::warning title=Muster: INVALID::50 %25%0A::error::no',
  ]);
  const many = Array.from({ length: 12 }, (_, at) => `reason ${at}`);
  assert.equal(renderAnnotations({ verdict: 'FAIL', reasons: many }).length, 10);
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
    assert.deepEqual(said, ['::error title=Muster: FAIL::Lost.']);
    assert.match(await readFile(summaryFile, 'utf8'), /^## ❌ Muster: FAIL/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
