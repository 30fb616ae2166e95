/** The metrics of what an analyst does, in parts: steps, uploads, stages of a run, reviews. */
import type { Metric } from './index.ts';

const CLICK =
  'The page’s clock stamps the analyst’s last click, key, drop or choice of a file; a person who clicks elsewhere meanwhile shortens the time.';
const RESOURCE = 'Resource Timing of a request that carries files, from the start line on.';
const BODY_SENT =
  'The end of the body is what XMLHttpRequest tells (in steps of 100 ms), or else the first byte sent plus `receive` of the answer’s Server-Timing. fetch tells nothing: without that header there is no sample, and the summary says so.';
const COMMITS = 'From the frames that the owner’s page gets, by the times at which the product committed.';
const OFFSET =
  'The commit time is the product’s own, corrected where the clocks are proved to differ; without bounds on that there is no sample.';
const PAINT =
  'The paint is the browser’s presentation of the frame, or the first task after it where the browser does not tell.';

type Description = Pick<Metric, 'name' | 'label' | 'meaning' | 'taken' | 'bias' | 'notable'>;

function time(description: Description, tags: readonly string[]): Metric {
  return { unit: 'ms', better: 'lower', tags, ...description };
}

function upload(description: Description): Metric {
  return time(description, ['bundle', 'size', 'route']);
}

const OF_STEPS: readonly Metric[] = [
  time(
    {
      name: 'step.<name>',
      label: 'step',
      meaning:
        'How long a named step of the journey takes. sign-in is the product’s form alone; whoever gets in otherwise has a sign-in-kept, sign-in-token or sign-in-bypass instead.',
      taken:
        'By the worker’s monotonic clock, around the step. Failed and timed-out ones count with the time they took, as censored.',
      bias: 'Holds the harness’s own clicks and polls: tens to hundreds of milliseconds. For what a user waits for, see shown, the vitals and cards.',
      notable: 100,
    },
    ['bundle', 'size'],
  ),
  time(
    {
      name: 'shown.<name>',
      label: 'page shown',
      meaning: 'From the click within that step to the page it leads to: a heading of its own is painted.',
      taken: `In the page. ${PAINT} Where the step failed before, the time until then, as censored.`,
      bias: `Route changes within a document only; page loads have their vitals. ${CLICK}`,
      notable: 50,
    },
    ['bundle', 'size'],
  ),
  time(
    {
      name: 'from-schedule.<name>',
      label: 'step from its schedule',
      meaning: 'From the moment at which a step was due (its analyst’s turn to sign in, the start line) to its end.',
      taken: 'By the worker’s clock. Only steps that a schedule begins.',
      bias: 'Holds what held the generator up before the step, so that a late start cannot make a product look fast.',
      notable: 100,
    },
    [],
  ),
];

const OF_UPLOADS: readonly Metric[] = [
  upload({
    name: 'upload.whole',
    label: 'chosen → answered',
    meaning:
      'An upload as its analyst waits for it: from the choice of the file (for a launch, the click) to the last byte of the product’s answer.',
    taken: `${RESOURCE} ${CLICK} What was refused, failed or was left counts with the time it took, as censored.`,
    bias: 'Ends before the answer is painted.',
    notable: 100,
  }),
  upload({
    name: 'upload.read',
    label: 'chosen → sending',
    meaning: 'How long the page takes to read and prepare what is sent: until the request begins to be sent.',
    taken: `${RESOURCE} ${CLICK}`,
    bias: 'Holds the wait for a connection. What the browser reads while it sends is part of the sending.',
    notable: 20,
  }),
  upload({
    name: 'upload.send',
    label: 'first → last byte sent',
    meaning: 'How long the files of an upload are under way.',
    taken: `${RESOURCE} ${BODY_SENT}`,
    bias: 'A product that is slow to read makes it longer.',
    notable: 20,
  }),
  {
    ...upload({
      name: 'upload.rate',
      label: 'rate of sending',
      meaning: 'How fast the files of an upload go.',
      taken: `Bytes of the files in the body over upload.send, in megabytes (10⁶) a second. ${BODY_SENT}`,
      bias: 'Of a small file it says little: what the body holds besides is not counted, and the clock’s grain is.',
      notable: 1,
    }),
    unit: 'MB/s',
    better: 'higher',
  },
  upload({
    name: 'upload.validate',
    label: 'last byte sent → answer',
    meaning: 'How long the product works on what it received (validation, or the launch) before it answers.',
    taken: `${RESOURCE} ${BODY_SENT}`,
    bias: 'Holds the way there and back, and the queue before the product begins.',
    notable: 50,
  }),
  time(
    {
      name: 'upload.first-card',
      label: 'first sight of the own card',
      meaning:
        'From the moment from which the owner waits for it (the launch is accepted, and the dashboard was asked for) to the paint of the new project’s card there.',
      taken: `In the page: the later of the launch’s answer and the click that led to the dashboard. ${PAINT}`,
      bias: 'Without the time that the owner spends elsewhere before.',
      notable: 50,
    },
    ['bundle', 'size'],
  ),
];

const OF_STAGES: readonly Metric[] = [
  time(
    {
      name: 'stage.seen',
      label: 'stage committed → frame arrived',
      meaning: 'How soon its owner’s page knows that a run is at another stage.',
      taken: 'From the product’s commit time to the socket’s message event in the page, whichever page is open.',
      bias: `${OFFSET} Of what was committed while the page was not connected nothing is known.`,
      notable: 8,
    },
    [],
  ),
  time(
    {
      name: 'stage.shown',
      label: 'stage committed → painted',
      meaning: 'How old a change of stage is when it is on the screen.',
      taken: `By the stage’s message in the progress card. ${PAINT}`,
      bias: `${OFFSET} Only while a page that shows stages is open; what a later stage overtook before its paint is left out.`,
      notable: 8,
    },
    [],
  ),
  time(
    {
      name: 'stage.<name>',
      label: 'time in the stage',
      meaning: 'How long a run is in that stage, each visit by itself: a run may come back to one.',
      taken: `${COMMITS} One that lasts to the end of the owner’s journey counts until then, as censored.`,
      bias: 'Holds the wait in the queue (uploading) and the owner’s own time (crosstab_review_required).',
      notable: 100,
    },
    ['size'],
  ),
];

const OF_REVIEWS: readonly Metric[] = [
  time(
    {
      name: 'review.accepted',
      label: 'review saved → accepted',
      meaning: 'From the click on Save & Continue to the product’s word that the run goes on.',
      taken:
        'In the page: the first of the frame that says so and the answer to the request. A refusal, or the end of the journey, counts as censored.',
      bias: CLICK,
      notable: 50,
    },
    ['bundle', 'size'],
  ),
  time(
    {
      name: 'review.executed',
      label: 'review saved → finished',
      meaning: 'From the click on Save & Continue to the completion of the run.',
      taken:
        'In the page: the first of the frame that says so and the answer, where it does. A run that failed or was never seen to end counts as censored.',
      bias: 'Holds the pipeline’s own pace, and its queue.',
      notable: 500,
    },
    ['bundle', 'size'],
  ),
];

export const STEP_METRICS: readonly Metric[] = [...OF_STEPS, ...OF_UPLOADS, ...OF_STAGES, ...OF_REVIEWS];
