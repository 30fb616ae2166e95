/** How many analysts do what, and how long anything may take. */
import { z } from 'zod';
import { duration, entry, list, oneOf, optionalPixelSize, text, wholeNumber } from './shapes.ts';

export const loadSettings = {
  ANALYSTS: entry('15', 'How many analysts take part.', wholeNumber(1, 500)),
  PER_WORKER: entry(
    'auto',
    'How many analysts one worker process carries at once. auto: about eight, and fewer where there are cores for more workers; 1: a worker for each, which needs far more memory and processor time.',
    text.pipe(z.union([z.literal('auto'), wholeNumber(1, 100)], 'must be auto or a whole number from 1 to 100')),
  ),
  BUNDLES: entry('', 'Names of the data bundles to use, separated by commas. Empty: all of the catalog.', list),
  JOURNEY: entry(
    'whole',
    'What analysts do: whole; browse, which looks around and creates nothing; or onboard, which makes their accounts from invitations.',
    text,
  ),
  PROBES: entry(
    'cheap',
    'Which hazard probes follow the main job: cheap, all or none. Runs that select tests, and JOURNEY=browse or onboard, are followed by none.',
    oneOf(['cheap', 'all', 'none']),
  ),
  REVIEW: entry(
    'auto',
    'auto: analysts decide flagged columns; human: a person does, in a headed window; leave: the journey stops at the review.',
    oneOf(['auto', 'human', 'leave']),
  ),
  UNTIL: entry(
    'done',
    'launched, review or done: where journeys end. What is unfinished then is cancelled and deleted.',
    oneOf(['launched', 'review', 'done']),
  ),
  MONITOR: entry(
    'auto',
    'Whether a page on this machine shows the run while it lasts. 1: yes; 0: no; auto: when windows can be seen (--headed).',
    oneOf(['auto', '0', '1']),
  ),
  SCREEN: entry(
    '',
    'With --headed: the size of the screen on which the windows are laid out, such as 2560x1440. Empty: what the browser says of its screen.',
    optionalPixelSize,
  ),
  SEED: entry(
    '1',
    'Whole number from which bundles, options and decisions are drawn. The same seed gives the same run.',
    wholeNumber(0, 2_147_483_647),
  ),
  START_DEADLINE_S: entry(
    '120',
    'Seconds that the start line waits for all analysts, from the first one ready.',
    duration(1),
  ),
  STEP_DEADLINE_S: entry(
    '60',
    'Seconds that one wait within a step may take: a page, a validation, an answer.',
    duration(1),
  ),
  RUN_DEADLINE_MIN: entry(
    '15',
    "Minutes that the product may take over one project's run. The real product needs about 60, so 90 is sensible there.",
    duration(0.05),
  ),
  REVIEW_DEADLINE_MIN: entry('60', 'With REVIEW=human: minutes that the person has.', duration(0.05)),
  RATE_LIMIT_WAIT_S: entry(
    '120',
    'Seconds in all that an upload, or a launch, answered with 429 may wait and be tried again.',
    duration(0),
  ),
  CLEANUP_DEADLINE_S: entry(
    '180',
    'Seconds that teardown may take to cancel and delete, in each organization.',
    duration(5),
  ),
  SIGN_IN_STAGGER_MS: entry(
    '300',
    'Milliseconds between two sign-ins: starting all at once distorts what follows.',
    duration(0),
  ),
  RAMP_S: entry(
    '40',
    'Seconds over which analysts set out from the start line, one after another. 0: all in the same moment.',
    duration(0),
  ),
  THINK_S: entry(
    '8',
    'Seconds that an analyst pauses on average before it goes on, as a person does who reads; drawn from the seed. 0: machine speed.',
    duration(0),
  ),
};
