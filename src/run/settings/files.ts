/** Where things are on this machine, and what the run is called. */
import { entry, optionalText, text } from './shapes.ts';

export const filesSettings = {
  BROWSER: entry('', 'Path of the Chromium or Chrome to use. Empty: the one that set-up found.', optionalText),
  RESULTS_DIR: entry('results', 'Folder for results.', text.min(1, 'must name a folder')),
  ALLURE_RESULTS_DIR: entry(
    'allure-results',
    "Folder for Allure's raw results; emptied when a run begins.",
    text.min(1, 'must name a folder'),
  ),
  ALLURE_HISTORY: entry(
    '.cache/allure-history.jsonl',
    'File in which Allure reports keep what earlier ones held, for trends.',
    text.min(1, 'must name a file'),
  ),
  RUN_ID: entry(
    '',
    'Id shared by the shards of one run: lower-case letters and digits. Empty: made up.',
    optionalText.refine(
      (value) => value === undefined || /^[a-z0-9]{1,16}$/.test(value),
      'must be up to 16 lower-case letters and digits',
    ),
  ),
};
