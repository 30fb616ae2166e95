/** Every setting of the harness: name, default, meaning and the shape it must have. `.env.example` and the README's table derive from it. */
import { z } from 'zod';

const text = z.string().trim();
const optionalText = text.transform((value) => (value === '' ? undefined : value));
const list = text.transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  const sentence = `must be a whole number from ${least} to ${most}`;
  return text
    .regex(/^-?\d+$/, sentence)
    .transform(Number)
    .refine((value) => value >= least && value <= most, sentence);
}

function duration(least: number): z.ZodType<number, string> {
  const sentence = `must be a number of at least ${least}`;
  return text
    .regex(/^\d+(\.\d+)?$/, sentence)
    .transform(Number)
    .refine((value) => value >= least && Number.isFinite(value), sentence);
}

function share(): z.ZodType<number, string> {
  const sentence = 'must be a share from 0 to 1, such as 0.25';
  return text
    .regex(/^\d*\.?\d+$/, sentence)
    .transform(Number)
    .refine((value) => value <= 1, sentence);
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T): z.ZodType<T[number], string> {
  return text.pipe(z.enum(values, `must be one of ${values.join(', ')}`));
}

const address = text.transform((value, context) => {
  if (value === '') return undefined;
  if (/^https?:\/\//.test(value) && URL.canParse(value)) return value.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'must be an address such as https://staging.example.org' });
  return z.NEVER;
});

interface Entry<T> {
  readonly fallback: string;
  readonly meaning: string;
  readonly schema: z.ZodType<T, string>;
  /** Never written to results, reports or the console. */
  readonly secret?: true;
}

function entry<T>(fallback: string, meaning: string, schema: z.ZodType<T, string>, secret?: true): Entry<T> {
  return secret ? { fallback, meaning, schema, secret } : { fallback, meaning, schema };
}

export const settingEntries = {
  BASE_URL: entry('', 'Address of the product to drive. Empty: the sandbox is started for you.', address),
  ALLOWED_HOSTS: entry('', 'Host names, separated by commas, that may be driven besides this machine.', list),
  ACCOUNTS_FILE: entry(
    '',
    'With BASE_URL: a JSON file with one account an analyst: [{"email","password","name","organization","role"}]; "alsoIn" names a further organization of one.',
    optionalText,
  ),
  ADMIN_EMAIL: entry(
    '',
    "With BASE_URL: the admin who deletes the run's projects, unless the accounts file holds one for each organization.",
    optionalText,
  ),
  ADMIN_PASSWORD: entry('', "That admin's password.", optionalText, true),
  ANALYSTS: entry('15', 'How many analysts take part.', wholeNumber(1, 500)),
  PER_WORKER: entry(
    'auto',
    'How many analysts one worker process carries at once. auto: about eight, and fewer where there are cores for more workers; 1: a worker for each, which needs far more memory and processor time.',
    text.pipe(z.union([z.literal('auto'), wholeNumber(1, 100)], 'must be auto or a whole number from 1 to 100')),
  ),
  BUNDLES: entry('', 'Names of the data bundles to use, separated by commas. Empty: all of the catalog.', list),
  JOURNEY: entry('whole', 'What analysts do: whole, or browse, which looks around and creates nothing.', text),
  PROBES: entry(
    'cheap',
    'Which hazard probes follow the main job: cheap, all or none. Runs that select tests, and JOURNEY=browse, are followed by none.',
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
    'Seconds in all that a launch answered with 429 may wait and be tried again.',
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
  GUARD_LOOP_LAG_MS: entry(
    '10',
    "A second counts against the generator when a worker's event loop was later than this many milliseconds at its 95th percentile.",
    duration(0),
  ),
  GUARD_DRIFT_SHARE: entry(
    '0.005',
    "So do seven seconds in which more than this share of the pages' timers came over 50 ms late.",
    share(),
  ),
  GUARD_CPU: entry(
    '0.65',
    'With BASE_URL: so does a second in which more than this share of all cores of this machine was in use.',
    share(),
  ),
  GUARD_INVALID_SHARE: entry(
    '0.25',
    'A run is INVALID when more than this share of its seconds count against the generator.',
    share(),
  ),
  HOLD_TO: entry(
    'auto',
    'What decides over a run. figures: projects, journeys, guards and objectives; work: projects and journeys, whatever the figures; auto: figures, but work when only some of the analysts were asked to take part, as with @smoke.',
    oneOf(['auto', 'figures', 'work']),
  ),
  SLO_FILE: entry(
    'slo.json',
    'File with the objectives that a run is held to (README, “Objectives”); none holds it to none.',
    text.min(1, 'must name a file, or be none'),
  ),
  GOLDEN: entry(
    'compare',
    'compare: workbooks are held to those made alone with the same choices, where there are any; make: those are made, one analyst at a time; off.',
    oneOf(['compare', 'make', 'off']),
  ),
  GOLDEN_DIR: entry(
    'datasets/golden',
    'Folder of the workbooks made alone, one folder a product.',
    text.min(1, 'must name a folder'),
  ),
  BASELINE: entry(
    '',
    'An earlier run, by its id or the path of its folder, against which this one is held: a regression fails it.',
    optionalText,
  ),
  BROWSER: entry('', 'Path of the Chromium or Chrome to use. Empty: the one that set-up found.', optionalText),
  RESULTS_DIR: entry('results', 'Folder for results.', text.min(1, 'must name a folder')),
  ALLURE_RESULTS_DIR: entry(
    'allure-results',
    "Folder for Allure's raw results; emptied when a run begins.",
    text.min(1, 'must name a folder'),
  ),
  RUN_ID: entry(
    '',
    'Id shared by the shards of one run: lower-case letters and digits. Empty: made up.',
    optionalText.refine(
      (value) => value === undefined || /^[a-z0-9]{1,16}$/.test(value),
      'must be up to 16 lower-case letters and digits',
    ),
  ),
} as const;

export type SettingName = keyof typeof settingEntries;
type Given = { readonly [Name in SettingName]: z.output<(typeof settingEntries)[Name]['schema']> };
/** Settings with nothing left open: `auto` has become a number. */
export type Settings = Omit<Given, 'PER_WORKER'> & { readonly PER_WORKER: number };

/** Name, default and meaning of every setting, for `.env.example` and the README. */
export const settingsTable: readonly {
  readonly name: SettingName;
  readonly default: string;
  readonly meaning: string;
}[] = (Object.keys(settingEntries) as SettingName[]).map((name) => ({
  name,
  default: settingEntries[name].fallback,
  meaning: settingEntries[name].meaning,
}));

/** The text of `.env.example`. */
export function envExample(): string {
  const head = '# Settings of Muster. Copy to .env and change what you need; the environment wins over the file.\n';
  return (
    head + settingsTable.map(({ name, default: value, meaning }) => `\n# ${meaning}\n# ${name}=${value}\n`).join('')
  );
}
