import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountAnalysts } from '../analysts.ts';
import { activeSection, heldPart, unrecognisedNote } from './vitals.ts';
import { tabulate } from '../metrics.ts';
import type { PageAccount } from '../pages.ts';
import { event, goodJourney, projectOf, sampleRun, T0 } from '../sample-run.testing.ts';
import { measure } from '../samples/index.ts';

const A = 'analyst-01';
const route = (page: string) =>
  event(A, 5_000, { type: 'route', page, changedAt: T0 + 5_000, loaded: false, cards: false, measured: true });
const launched = event(A, 61_000, {
  type: 'project',
  name: projectOf(A),
  bundle: 'coffee',
  projectId: 'p1',
  end: 'completed',
  launchedAt: T0 + 3_000,
});

function metricsOf(...more: ReturnType<typeof route>[]) {
  const events = [...goodJourney(A), ...more];
  return tabulate(measure(events, accountAnalysts(events, []), sampleRun), () => false);
}

test('vitals stand beside each other by how many runs were active, once there are two classes', () => {
  const section = activeSection(metricsOf(launched));
  assert.match(section, /<th scope="col">0 at work<\/th><th scope="col">1-3 at work<\/th>/);
  assert.match(
    section,
    /LCP, page load<\/a><\/th><td data-head="0 at work">240\u00a0ms<small>of 1<\/small><\/td><td data-head="1-3 at work">–<\/td>/,
  );
  const alone = metricsOf(launched).filter(({ tags }) => tags['active'] !== '1-3');
  assert.equal(activeSection(alone), '');
});

test('changes of route without vitals are said to be so', () => {
  const note = unrecognisedNote(metricsOf(route('wizard'), route('project'), route('project')));
  assert.match(note, /^<p class="note">2 of 3 changes of route have no LCP and no CLS, .* \(project 2 of 2\)/);
  assert.equal(unrecognisedNote(metricsOf(route('wizard'))), '');
});

test('each analyst’s page has its trend, its growth and its longest frame, and nothing in it is markup', () => {
  const reading = (at: number, heapBytes: number) => ({ at, page: 'dashboard', heapBytes, nodes: 1_200, tookMs: 9 });
  const script = { durationMs: 300, invoker: '<b>', source: 'http://p/assets/app.js', name: 'render' };
  const worst = { at: 5, page: 'wizard', durationMs: 400, blockingMs: 350, ownMs: 310, script };
  const account: PageAccount = {
    analyst: A,
    readings: [reading(0, 4e6), reading(30_000, 8e6)],
    growth: { page: 'dashboard', share: 1, overMs: 30_000 },
    longFrames: { count: 2, blockingMs: 400, worst },
  };
  const section = heldPart([account]);
  assert.match(section, /points="0\.0,11\.0 80\.0,2\.0"/);
  assert.match(
    section,
    /4\.0\u00a0MB → 8\.0\u00a0MB<\/td><td data-head="Growth, like with like">100\u00a0% on dashboard in 30\u00a0s<\/td><td data-head="DOM nodes">1,200 → 1,200/,
  );
  assert.match(section, /400\u00a0ms on wizard, 310\u00a0ms of it the page’s own \(render, &#60;b&#62;, app\.js\)/);
  assert.equal(heldPart([]), '');
});
