/** What analysts do while they are measured, whoever drives them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { arrive } from '../e2e/journeys/arrive.ts';
import { wholeJourney } from '../e2e/journeys/whole.ts';
import type { Journey } from '../fixtures/test.ts';
import type { JourneyName } from './conditions.ts';

const dwellSeconds = 20;

/** Stays on the dashboard and clicks once a second, to and fro between two tabs that show the same cards. */
const dwellJourney: Journey = async (analyst) => {
  await arrive(analyst);
  await analyst.step('dwell', async () => {
    const begun = performance.now();
    for (let second = 1; second <= dwellSeconds; second += 1) {
      await sleep(Math.max(0, begun + second * 1000 - performance.now()));
      await analyst.dashboard.showTab(second % 2 === 1 ? 'Active' : 'All');
    }
  });
};

export const journeys: Readonly<Record<JourneyName, Journey>> = { dwell: dwellJourney, whole: wholeJourney };
