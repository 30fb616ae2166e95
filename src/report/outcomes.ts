/** What Playwright's runner knows of the tests, in the report's own words. */
import { stripVTControlCharacters } from 'node:util';
import type { Suite, TestCase, TestError } from '@playwright/test/reporter';
import { firstLine } from './console/text.ts';
import type { TestOutcomes } from './verdict/verdict.ts';

/** The analysts whose tests were selected: each such test's title begins with the analyst's name. */
export function selectedAnalysts(suite: Suite): string[] {
  const names = suite
    .allTests()
    .filter(isWanted)
    .flatMap(({ title }) => /^analyst-\d+\b/.exec(title)?.[0] ?? []);
  return [...new Set(names)].sort();
}

/** How every selected test ended. A test that is skipped on purpose is nobody's concern. */
export function testOutcomes(suite: Suite): TestOutcomes {
  const outcomes: TestOutcomes = { passed: 0, failed: [], notRun: [] };
  for (const test of suite.allTests().filter(isWanted)) {
    const outcome = test.outcome();
    if (outcome === 'expected') outcomes.passed += 1;
    else if (outcome === 'skipped') outcomes.notRun.push(test.title);
    else outcomes.failed.push({ title: test.title, error: errorOf(test) });
  }
  return outcomes;
}

function isWanted(test: TestCase): boolean {
  return test.expectedStatus !== 'skipped';
}

function errorOf(test: TestCase): string {
  const errors = test.results.flatMap((result) => result.errors);
  const first = errors[0];
  if (first === undefined)
    return `it was expected to be ${test.expectedStatus} and was ${test.results.at(-1)?.status ?? 'never run'}`;
  return `${sentenceOf(first)}${errors.length > 1 ? ` (and ${errors.length - 1} more errors)` : ''}`;
}

/** The first line of an error. */
export function sentenceOf({ message, value }: TestError): string {
  return firstLine(message ?? value ?? '');
}

/** Whether an error is a `ConfigurationError`: its message is for people, whole, and its stack for nobody. */
export function isConfigurationError({ message, stack }: TestError): boolean {
  return /^ConfigurationError: /.test(message ?? '') || /^ConfigurationError: /.test(stack ?? '');
}

/** The whole message of a `ConfigurationError`, on one line a problem. */
export function wholeMessage({ message, value }: TestError): string {
  return stripVTControlCharacters(message ?? value ?? '')
    .replace(/^ConfigurationError: /, '')
    .trim();
}
