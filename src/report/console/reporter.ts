/**
 * The Playwright reporter: progress while the run lasts; after teardown the fold, `summary.json`, the verdict on the
 * console, and last of all the exit status. Options, from playwright.config.ts: `{ runFolder }`, the run's absolute folder.
 */
import { basename, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import { placesIn } from '../../run/discretion.ts';
import { ended, notify } from '../../run/notify.ts';
import { ciJob } from '../../run/settings.ts';
import { canMove, wantsColour } from '../../run/terminal.ts';
import { conclude } from '../conclude.ts';
import { renderRefusal, renderSummary, renderVerdict } from './console.ts';
import { follow } from './follow.ts';
import { guard } from './guard.ts';
import { endWith, EXIT_STATUS } from '../verdict/exit-status.ts';
import { widthFor } from './text.ts';
import { tellJob } from '../github/tell-job.ts';
import { isConfigurationError, selectedAnalysts, sentenceOf, testOutcomes, wholeMessage } from '../outcomes.ts';
import { ProgressView, RENEW_MS } from './progress.ts';
import { renderJUnit } from '../junit/junit.ts';
import { writeJUnit } from '../results.ts';
import type { Judgement } from '../verdict/verdict.ts';

export interface ReporterOptions {
  /** Absolute path of `results/<runId>`. */
  runFolder: string;
  /** Set by Playwright: `list` for `--list`. */
  _mode?: string;
}

const SERVER_LINE = /^\[WebServer\] ?/;
/** How many of the web server's lines are quoted when it did not start. */
const LAST_WORDS = 3;

export default class MusterReporter implements Reporter {
  readonly #runFolder: string;
  readonly #listing: boolean;
  readonly #colour = wantsColour(process.stdout);
  readonly #moves = canMove(process.stdout);
  readonly #view = new ProgressView(process.stdout, { colour: this.#colour, moves: this.#moves });
  readonly #startupErrors: TestError[] = [];
  readonly #errors: string[] = [];
  readonly #serverLines: string[] = [];
  #suite: Suite | undefined;
  /** Whether any test has begun; Playwright calls `onBegin` before global set-up, so it is no sign of that. */
  #working = false;
  #stop: (() => void) | undefined;
  #unguard: (() => void) | undefined;
  readonly #interrupted = (): void =>
    this.#view.sayInterrupted('Interrupted: the run ends, after deleting what it made. Once more ends it at once.');

  constructor({ runFolder, _mode }: ReporterOptions) {
    this.#runFolder = runFolder;
    this.#listing = _mode === 'list';
  }

  /** Says whether anything else should print to the terminal; when tests are only listed, Playwright's own lister does. */
  printsToStdio(): boolean {
    return !this.#listing;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
    if (this.#listing) return;
    const analysts = selectedAnalysts(suite).length;
    if (analysts === 0) return;
    if (this.#moves)
      this.#unguard = guard([process.stdout, ...(process.stderr.isTTY ? [process.stderr] : [])], (chunk) =>
        this.#view.passOn(chunk),
      );
    this.#stop = follow(
      { runFolder: this.#runFolder, analysts, begunAt: Date.now() },
      this.#view,
      this.#moves ? RENEW_MS.terminal : RENEW_MS.plain,
    );
  }

  onTestBegin(): void {
    if (this.#working) return;
    this.#working = true;
    // Not before: whoever listens keeps the process from ending, and until here nobody else does.
    process.once('SIGINT', this.#interrupted);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (this.#listing || result.status === 'skipped') return;
    // Without a time: analysts of one worker share it, and the test that comes first waits for all of them.
    if (result.status !== test.expectedStatus)
      this.#view.sayFailure(`${test.title}: ${result.status}${result.error ? `: ${sentenceOf(result.error)}` : ''}`);
    // On a terminal the block has the count; a line for each would push it about.
    else if (!this.#moves) this.#view.say(`${test.title}: done`);
  }

  onStdOut(chunk: string | Buffer): void {
    this.#hear(String(chunk));
  }

  onStdErr(chunk: string | Buffer): void {
    this.#hear(String(chunk));
  }

  onError(error: TestError): void {
    if (!this.#working) this.#startupErrors.push(error);
    else {
      this.#errors.push(sentenceOf(error));
      this.#view.say(error.stack ?? sentenceOf(error));
    }
  }

  async onEnd({ status }: FullResult): Promise<{ status?: FullResult['status'] } | undefined> {
    if (this.#listing) return undefined;
    this.#stop?.();
    process.off('SIGINT', this.#interrupted);
    this.#view.end();
    this.#unguard?.();
    const judgement = await this.#conclude(status).catch(async (error: unknown): Promise<Judgement> => {
      const reasons = [`The results could not be folded: ${messageOf(error)}`];
      this.#print(renderVerdict({ verdict: 'FAIL', reasons }, this.#look()));
      await this.#writeFailure(reasons);
      return { verdict: 'FAIL', reasons };
    });
    endWith(EXIT_STATUS[judgement.verdict]);
    return { status: judgement.verdict === 'PASS' ? 'passed' : 'failed' };
  }

  async #conclude(status: FullResult['status']): Promise<Judgement> {
    const conclusion = await conclude(this.#runFolder, {
      status,
      tests: this.#suite ? testOutcomes(this.#suite) : { passed: 0, failed: [], notRun: [] },
      startupErrors: this.#startupSentences(),
      errors: this.#errors,
      expected: this.#suite ? selectedAnalysts(this.#suite) : [],
      endedAt: new Date(),
    });
    const { written } = conclusion;
    if (written === undefined) this.#print(renderRefusal(conclusion, this.#look()));
    else
      this.#print(
        renderSummary({
          ...written,
          resultsPath: `${relative(process.cwd(), this.#runFolder)}/`,
          ...this.#look(),
        }),
      );
    const untold = written && (await notify(ended(written.summary, conclusion)));
    if (untold !== undefined) this.#view.say(untold);
    await tellJob(ciJob(), conclusion, (line) => process.stdout.write(`${line}\n`));
    return conclusion;
  }

  /** What kept the results from being folded, such as a full disk, may keep this from being written. */
  async #writeFailure(reasons: string[]): Promise<void> {
    const xml = renderJUnit({
      runId: basename(this.#runFolder),
      judgement: { verdict: 'FAIL', reasons },
      tests: { passed: 0, failed: [], notRun: [] },
      endedAt: new Date(),
    });
    await writeJUnit(this.#runFolder, xml).catch((error: unknown) =>
      this.#view.say(`junit.xml could not be written: ${messageOf(error)}`),
    );
  }

  /** Each cause once, however many files or workers met it. */
  #startupSentences(): string[] {
    const sentences = new Set<string>();
    for (const error of this.#startupErrors) {
      const before = sentences.size;
      sentences.add(this.#startupSentence(error));
      const places = placesIn(error.stack ?? '');
      if (sentences.size > before && !isConfigurationError(error) && places !== '') this.#view.say(places);
    }
    return [...sentences].map((sentence, at) =>
      at === 0 ? sentence : sentence.replace(/^The run could not start:/, 'And then:'),
    );
  }

  /** Nothing could begin: for misconfiguration the sentence that says so, for the sandbox's death its own last words. */
  #startupSentence(error: TestError): string {
    if (isConfigurationError(error)) return wholeMessage(error);
    const lastWords = this.#serverLines.slice(-LAST_WORDS).join(' ');
    if (/config\.webServer/.test(error.message ?? ''))
      return `The embedded product did not start: ${lastWords || sentenceOf(error)}`;
    return `The run could not start: ${sentenceOf(error)}`;
  }

  #hear(chunk: string): void {
    if (this.#listing) return;
    const lines = stripVTControlCharacters(chunk)
      .split('\n')
      .filter((line) => SERVER_LINE.test(line));
    if (lines.length === 0 || this.#working) return this.#view.passOn(chunk);
    this.#serverLines.push(...lines.map((line) => line.replace(SERVER_LINE, '').trim()).filter((line) => line !== ''));
  }

  /** As the terminal is now: it may have been made narrower. */
  #look(): { colour: boolean; width: number } {
    return { colour: this.#colour, width: widthFor(process.stdout) };
  }

  #print(block: string): void {
    process.stdout.write(`\n${block}\n`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
