/** What the main job does, with the journeys of the benches; and without telemetry when BENCH_SILENT is set. */
import { byCrew, chooseJourney, readCast, test } from '../fixtures/test.ts';
import { journeys } from './journeys.ts';
import { silently } from './silent.ts';

const { parts, settings } = await readCast();
const journey = chooseJourney(journeys, settings.JOURNEY);
if (process.env['BENCH_SILENT']) test.use({ capture: { instrument: silently } });

for (const crew of byCrew(parts)) {
  test.describe(() => {
    test.describe.configure({ mode: 'default' });
    for (const { analyst } of crew) {
      test(`${analyst} · bench`, async ({ crew: members }) => {
        await members.report(analyst, journey);
      });
    }
  });
}
