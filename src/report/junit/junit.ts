/**
 * The verdict and what led to it as JUnit, for a CI system that knows nothing else: a case for the verdict, and one for
 * each journey, objective and probe. A run that passed has no failure in it, and one that did not has the verdict's. Pure.
 */
import type { Folded } from '../fold.ts';
import type { Summary } from '../summary.ts';
import type { Judgement, TestOutcomes } from '../verdict/verdict.ts';
import { casesOf, type Case } from './cases.ts';
import { renderXml, type XmlElement } from './xml.ts';

export interface JUnitInput {
  readonly runId: string;
  readonly judgement: Judgement;
  readonly tests: TestOutcomes;
  readonly endedAt: Date;
  /** Why guards and objectives did not decide, in a few words; absent when they did. */
  readonly heldToWork?: string | undefined;
  /** Absent for a run that never came so far as to have figures. */
  readonly written?: { readonly summary: Summary; readonly details: Folded } | undefined;
}

/** The file's whole text, after the schema of Jenkins' xUnit plugin (`junit-10.xsd`). Times are in seconds. */
export function renderJUnit(input: JUnitInput): string {
  const { runId, judgement, endedAt, written } = input;
  const startedAt = written === undefined ? endedAt : new Date(written.summary.startedAt);
  const seconds = (endedAt.getTime() - startedAt.getTime()) / 1000;
  const suites = [
    { name: 'verdict', cases: [verdictCase(runId, judgement, seconds)] },
    ...(written === undefined ? [] : casesOf({ ...input, ...written })),
  ].filter(({ cases }) => cases.length > 0);
  return renderXml({
    name: 'testsuites',
    attributes: { name: `Muster ${runId}`, ...counted(suites.flatMap(({ cases }) => cases)), time: time(seconds) },
    children: suites.map(({ name, cases }) => suiteElement(name, cases, startedAt)),
  });
}

function verdictCase(runId: string, { verdict, reasons }: Judgement, seconds: number): Case {
  const told = { type: verdict, message: reasons[0] ?? '', text: reasons.join('\n') };
  if (verdict === 'PASS') return { name: `run ${runId}`, seconds, output: told.text };
  return { name: `run ${runId}`, seconds, bad: { ...told, as: verdict === 'FAIL' ? 'failure' : 'error' } };
}

function suiteElement(name: string, cases: readonly Case[], startedAt: Date): XmlElement {
  return {
    name: 'testsuite',
    attributes: {
      name,
      ...counted(cases),
      skipped: cases.filter(({ bad }) => bad?.as === 'skipped').length,
      time: time(cases.reduce((sum, { seconds = 0 }) => sum + seconds, 0)),
      timestamp: startedAt.toISOString(),
    },
    children: cases.map((each) => caseElement(name, each)),
  };
}

function caseElement(suite: string, { name, seconds = 0, bad, output }: Case): XmlElement {
  return {
    name: 'testcase',
    attributes: { name, classname: `muster.${suite}`, time: time(seconds) },
    children: [
      ...(bad === undefined
        ? []
        : [{ name: bad.as, attributes: { message: bad.message, type: bad.type }, children: [bad.text] }]),
      ...(output === undefined ? [] : [{ name: 'system-out', children: [output] }]),
    ],
  };
}

function counted(cases: readonly Case[]): Record<'tests' | 'failures' | 'errors', number> {
  const many = (as: 'failure' | 'error') => cases.filter(({ bad }) => bad?.as === as).length;
  return { tests: cases.length, failures: many('failure'), errors: many('error') };
}

function time(seconds: number): string {
  return Math.max(0, seconds).toFixed(3);
}
