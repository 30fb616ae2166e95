/** The journeys there are, by the names that the JOURNEY setting knows them by. */
import type { Journey } from '../../fixtures/test.ts';
import { browseJourney } from './browse.ts';
import { onboardJourney } from './onboard.ts';
import { wholeJourney } from './whole.ts';

export const journeys: Readonly<Record<string, Journey>> = {
  whole: wholeJourney,
  browse: browseJourney,
  onboard: onboardJourney,
};
