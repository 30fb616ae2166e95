/** How far a run on somebody’s staging may go, and what ends it. */
import { address, duration, entry, oneOf, optionalText, text, wholeNumber } from './shapes.ts';

export const safetySettings = {
  MAX_ANALYSTS: entry('50', 'With BASE_URL: more analysts than this are refused.', wholeNumber(1, 500)),
  MAX_LAUNCHES_PER_HOUR: entry(
    '60',
    'With BASE_URL: a run that would bring the launches on that product within an hour above this, those of earlier runs included, is refused.',
    wholeNumber(1, 10_000),
  ),
  MAX_COST: entry(
    '',
    'With BASE_URL: a run whose estimated cost is higher is refused, in the currency of COST_PER_RUN. Empty: no bound.',
    optionalText.refine((value) => value === undefined || /^\d+(\.\d+)?$/.test(value), 'must be a number, or empty'),
  ),
  COST_PER_RUN: entry('4', 'With BASE_URL: what one run of the pipeline costs, for the estimate.', duration(0)),
  PRODUCT_SLOTS: entry(
    '3',
    'With BASE_URL: how many pipelines the product computes at once, for the estimate.',
    wholeNumber(1, 1000),
  ),
  PRODUCT_RUN_MIN: entry(
    '50',
    'With BASE_URL: minutes that one run of the pipeline takes, for the estimate.',
    duration(0),
  ),
  LAUNCH_LIMIT: entry(
    '5/10',
    'With BASE_URL: launches that the product allows an organization in so many minutes, for the estimate; none where it does not limit them.',
    text.regex(/^(none|[1-9]\d*\/[1-9]\d*)$/, 'must be none, or launches/minutes such as 5/10'),
  ),
  STOP_FILE: entry(
    '',
    'A file whose appearance ends the run at once, after deleting what it made. Empty: stop in RESULTS_DIR.',
    optionalText,
  ),
  NOTIFY_URL: entry(
    '',
    'A webhook that is told, as JSON with a `text`, when a run begins and when it has ended, so that a team knows who is loading its product.',
    address,
    true,
  ),
  LEFTOVERS: entry(
    'report',
    'What the next run does with projects that killed runs left behind. report: says how to delete them; sweep: deletes them first.',
    oneOf(['report', 'sweep']),
  ),
};
