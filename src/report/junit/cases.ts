/** What of a run was as it should be and what was not, as cases of a test report. Pure. */
import { fateOf, type AnalystAccount } from '../analysts.ts';
import { textOf } from '../findings.ts';
import type { Folded } from '../fold.ts';
import { breachLines } from '../ledger-view.ts';
import { objectiveLine } from '../sections.ts';
import type { Finding, ProbeRow, SloRow, Summary } from '../summary.ts';
import type { TestOutcomes } from '../verdict/verdict.ts';

export interface Case {
  readonly name: string;
  readonly seconds?: number;
  /** Absent when all is well. `skipped`: it decides nothing, and `message` says why. */
  readonly bad?: {
    readonly as: 'failure' | 'error' | 'skipped';
    readonly type: string;
    readonly message: string;
    readonly text: string;
  };
  readonly output?: string;
}

export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

export interface CasesInput {
  readonly summary: Summary;
  readonly details: Folded;
  readonly tests: TestOutcomes;
  readonly heldToWork?: string | undefined;
}

/** The suites, some of them perhaps empty: journeys, ledger, objectives, baseline, probes, and tests that are none of these. */
export function casesOf({ summary, details, tests, heldToWork }: CasesInput): Suite[] {
  const { analysts, broken } = details;
  const { slo, sloNotAsked = [], baseline, probes = [], findings } = summary;
  // As in the verdict: figures of a generator past its guards decide nothing, and those of a run held to its work neither.
  const undecided =
    broken[0] ??
    (heldToWork !== undefined && baseline === undefined
      ? `The run was not held to its figures (${heldToWork}).`
      : undefined);
  const unprobed = findings.filter(({ id }) => !probes.some((probe) => probe.id === id));
  const names = [...analysts.map(({ analyst }) => analyst), ...probes.map(({ id }) => id)];
  const isTold = (title: string): boolean => names.some((name) => isOf(title, name));
  return [
    { name: 'journeys', cases: analysts.map((account) => journeyCase(account, tests)) },
    { name: 'ledger', cases: ledgerCase(summary, details.breaches) },
    {
      name: 'objectives',
      cases: [
        ...slo.map((row) => objectiveCase(row, undecided)),
        ...sloNotAsked.map((row) => {
          const { label, wanted } = objectiveLine({ ...row, actual: null, pass: false });
          return { name: `${label} ${wanted}`, bad: skipped('not asked', row.why) };
        }),
      ],
    },
    { name: 'baseline', cases: baselineCase(baseline, undecided) },
    {
      name: 'probes',
      cases: [
        ...probes.map((row) => probeCase(row, findings, tests)),
        ...unprobed.map((each) => ({ name: each.id, bad: findingTold(each) })),
      ],
    },
    {
      name: 'tests',
      cases: [
        ...tests.failed
          .filter(({ title }) => !isTold(title))
          .map(({ title, error }) => ({ name: title, bad: failure('failed', error) })),
        ...tests.notRun.filter((title) => !isTold(title)).map((title) => ({ name: title, bad: neverRan })),
      ],
    },
  ];
}

/** Titles begin with the name of the analyst or the id of the probe. */
function isOf(title: string, name: string): boolean {
  return title === name || title.startsWith(`${name} `);
}

function journeyCase(account: AnalystAccount, { failed, notRun }: TestOutcomes): Case {
  const { analyst, bundle, outcome, lastStep, startedAt, lastStepEndedAt } = account;
  const test = failed.find(({ title }) => isOf(title, analyst));
  const begun = {
    name: test?.title ?? (bundle === undefined ? analyst : `${analyst} · ${bundle}`),
    seconds: ((lastStepEndedAt ?? 0) - (startedAt ?? lastStepEndedAt ?? 0)) / 1000,
  };
  const unbegun = notRun.find((title) => isOf(title, analyst));
  if (test === undefined && unbegun !== undefined) return { name: unbegun, bad: neverRan };
  if (test === undefined && outcome === 'ok') return begun;
  const [message = ''] = (test?.error ?? fateOf(account)).split('\n');
  const lines = [message, account.error, lastStep === undefined ? undefined : `Last step: ${lastStep}.`];
  return { ...begun, bad: failure(outcome === 'ok' ? 'failed' : outcome, message, [...new Set(lines)]) };
}

function ledgerCase({ analysts, ledger }: Summary, breaches: readonly string[]): Case[] {
  const name = 'every project is accounted for and deleted';
  if (analysts === 0 && breaches.length === 0) return [];
  const [first] = breaches;
  if (first === undefined) return [{ name }];
  const seen = (ledger.breaches ?? []).flatMap((breach) => {
    const { title, lines } = breachLines(breach);
    return [title, ...lines.map((line) => `  ${line}`)];
  });
  return [{ name, bad: failure('breach', first, [...breaches, ...seen]) }];
}

function objectiveCase(row: SloRow, undecided: string | undefined): Case {
  const { label, wanted, actual, samples, pass } = objectiveLine(row, undecided !== undefined);
  const name = `${label} ${wanted}`;
  if (undecided !== undefined) return { name, bad: skipped('undecided', `Not judged: ${actual}. ${undecided}`) };
  if (pass) return { name, output: actual };
  const message =
    row.actual === null
      ? `There is no sample${samples === '' ? '' : `: ${samples}`}.`
      : `${label} should be ${wanted} and is ${actual}.`;
  return { name, bad: row.advisory ? skipped('advisory', `Advisory. ${message}`) : failure('missed', message) };
}

function baselineCase(baseline: Summary['baseline'], undecided: string | undefined): Case[] {
  if (baseline === undefined) return [];
  const { runId, unlike, regressions } = baseline;
  const name = `no metric is worse than in ${runId}`;
  if (unlike.length > 0) return [{ name, bad: skipped('unlike', unlike.join(' ')) }];
  if (undecided !== undefined) return [{ name, bad: skipped('undecided', undecided) }];
  const [first] = regressions;
  return [first === undefined ? { name } : { name, bad: failure('regression', first, regressions) }];
}

function probeCase(
  { id, title, outcome, why = '', durationMs }: ProbeRow,
  findings: readonly Finding[],
  tests: TestOutcomes,
): Case {
  const begun = { name: `${id} · ${title}`, seconds: durationMs / 1000 };
  const found = findings.find((each) => each.id === id);
  if (found !== undefined) return { ...begun, bad: findingTold(found) };
  if (outcome === 'not-run') return { ...begun, bad: skipped('not run', why) };
  const error = tests.failed.find((test) => isOf(test.title, id))?.error;
  if (outcome === 'broken') return { ...begun, bad: { ...failure('broken', why || (error ?? '')), as: 'error' } };
  return error === undefined ? begun : { ...begun, bad: failure('failed', error) };
}

function findingTold(finding: Finding): Case['bad'] {
  const { title, lines } = textOf(finding);
  return failure(`finding, ${finding.severity}`, title, [title, ...lines.map(([label, text]) => `${label}: ${text}`)]);
}

function failure(
  type: string,
  message: string,
  lines: readonly (string | undefined)[] = [message],
): NonNullable<Case['bad']> {
  return { as: 'failure', type, message, text: lines.filter((line) => line !== undefined).join('\n') };
}

function skipped(type: string, message: string): NonNullable<Case['bad']> {
  return { as: 'skipped', type, message, text: message };
}

const neverRan = skipped('not run', 'It never ran.');
