/** The product's own load test, from its own page: `npx playwright test --project load-test`. The main job does without it. */
import { expect, test } from '../fixtures/test.ts';

test(
  'load-test · many launches at once, watched to the end and cleaned up',
  { tag: '@load-test' },
  async ({ loadTest }, testInfo) => {
    const { datasets, concurrency } = await test.step('open the page', () => loadTest.open());

    const { answer, shown } = await test.step(`launch ${datasets.length} datasets, ${concurrency} at once`, () =>
      loadTest.launch(datasets, concurrency));
    const { launched, errors, rateLimitRejections } = answer;
    const told = `${launched.length} of ${datasets.length} launched, ${rateLimitRejections} rate-limited (429)`;
    testInfo.annotations.push({ type: 'launches', description: told });
    console.log(`${told}.`);
    expect(shown, 'the page should say what the product answered').toEqual({
      launched: launched.length,
      failed: errors.length,
      rateLimited: rateLimitRejections,
    });
    // Rate limits are the product's right; whatever else was refused is not.
    const unexplained = errors.filter(({ error }) => !error.includes('429'));
    expect(unexplained, 'launches should fail for no other reason than a rate limit').toEqual([]);
    expect(launched.length, 'something should have been launched').toBeGreaterThan(0);

    const seen = await test.step('watch to the end', () => loadTest.watch(launched));
    const end = seen.at(-1);
    const ends = `${end?.counts.done} done, ${end?.counts.review} in review, left to people, ${end?.counts.failed} failed`;
    testInfo.annotations.push({ type: 'ends', description: ends });
    console.log(`${ends}.`);
    const finished = seen.map((standing) => standing.finished);
    expect(new Set(finished).size, 'the counts should have moved').toBeGreaterThan(1);
    expect(end?.rows, 'every launch should have a row').toHaveLength(launched.length);
    const failed = end?.rows.filter(({ status }) => status === 'error' || status === 'cancelled');
    expect(failed, 'no run should have failed').toEqual([]);

    const { deleted, remaining } = await test.step('clean up', () => loadTest.cleanUp(launched));
    expect(deleted, 'the product should delete what it launched').toBe(launched.length);
    expect(remaining, 'nothing of this run should be left on the dashboard').toBe(0);
  },
);
