/** The main job: every analyst of the run, one test each. */
import { byCrew, chooseJourney, readCast, test } from '../fixtures/test.ts';
import { journeys } from './journeys/index.ts';

const { parts, settings } = await readCast();
const journey = chooseJourney(journeys, settings.JOURNEY);

for (const crew of byCrew(parts)) {
  // Tests of one describe block stay in one worker, one after the other; the first one begins the journeys of all.
  test.describe(() => {
    test.describe.configure({ mode: 'default' });
    for (const { analyst, bundle, index } of crew) {
      test(
        `${analyst} · ${bundle.name}`,
        { tag: index === 0 ? ['@main', '@smoke'] : '@main' },
        async ({ crew: members }) => {
          await members.report(analyst, journey);
        },
      );
    }
  });
}
