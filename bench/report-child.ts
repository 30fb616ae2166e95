/**
 * One folding and rendering of the run in the folder that is named, in a process of its own, so that its peak memory is its own:
 * what it took, as one line of JSON. To be started with `--expose-gc`.
 */
import { drawCharts } from '../src/report/charts/index.ts';
import { renderSummary } from '../src/report/console/console.ts';
import { foldRun } from '../src/report/fold.ts';
import { renderMarkdown } from '../src/report/github/markdown.ts';
import { renderPage } from '../src/report/html/page.ts';
import { readRunFile, writePage, writeSummary } from '../src/report/results.ts';
import { readObjectives } from '../src/report/verdict/slo-file.ts';
import type { ReportRound } from './report-round.ts';

async function round(folder: string): Promise<ReportRound> {
  const run = await readRunFile(folder);
  if (run === undefined) throw new Error(`There is no run.json in ${folder}.`);
  const objectives = await readObjectives(run.settings['SLO_FILE']);
  const laps = new Laps();
  const details = await foldRun(folder, { run, objectives, endedAt: new Date(Date.parse(run.startedAt) + 3_600_000) });
  laps.end('foldMs');
  const peakMiB = peak();
  globalThis.gc?.();
  const heldMiB = process.memoryUsage().heapUsed / 2 ** 20;
  laps.end();
  const summary = { ...details.facts, verdict: 'PASS' as const, reasons: ['Made up.'] };
  await writeSummary(folder, summary);
  laps.end('summaryMs');
  renderSummary({ summary, details, resultsPath: 'results/', colour: true });
  laps.end('consoleMs');
  renderMarkdown(summary, { summary, details });
  laps.end('markdownMs');
  const html = renderPage({ summary, run, ...details, charts: await drawCharts(run, details) });
  await writePage(folder, html);
  laps.end('pageMs');
  const { user, system } = process.cpuUsage();
  return {
    foldMs: laps.of('foldMs'),
    summaryMs: laps.of('summaryMs'),
    consoleMs: laps.of('consoleMs'),
    markdownMs: laps.of('markdownMs'),
    pageMs: laps.of('pageMs'),
    cpuS: (user + system) / 1e6,
    foldPeakMiB: peakMiB,
    peakMiB: peak(),
    heldMiB,
    pageKiB: Buffer.byteLength(html) / 1024,
  };
}

/** The most memory that the process has had so far. */
function peak(): number {
  return process.resourceUsage().maxRSS / 1024;
}

class Laps {
  readonly #ms = new Map<string, number>();
  #since = performance.now();

  /** Ends a lap; without a name it counts for nothing. */
  end(name?: string): void {
    const now = performance.now();
    if (name !== undefined) this.#ms.set(name, now - this.#since);
    this.#since = now;
  }

  of(name: string): number {
    return this.#ms.get(name) ?? 0;
  }
}

console.log(JSON.stringify(await round(process.argv[2] ?? '')));
