/** The jobs of `scripts/ci.mjs`, as data: which settings they start from, and which commands they run one after the other. */

/**
 * @typedef {Readonly<Record<string, string | undefined>>} Environment
 * @typedef {object} Command
 * @property {readonly string[]} args For Node, from the project's root.
 * @property {number} limitMs It is ended after this long; the sweep that follows deletes what it made.
 * @property {boolean} decides Whether its exit status is the job's.
 * @typedef {object} Job
 * @property {(given: Environment) => Record<string, string>} defaults Settings for those that the environment leaves open.
 * @property {(runId: string) => readonly Command[]} commands
 */

const minutes = 60_000;
const playwright = ['node_modules/@playwright/test/cli.js', 'test'];
const tsx = ['--import', 'tsx'];

/** @type {(runId: string) => Command} */
const sweep = (runId) => ({
  // Without an id, of all runs that have ended.
  args: [...tsx, 'scripts/sweep.ts', ...(runId === '' ? [] : ['--run', runId])],
  limitMs: 5 * minutes,
  decides: true,
});

/**
 * Settings with which the environment is completed: what it gives wins.
 * @param {Environment} given
 * @param {Record<string, string>} defaults
 */
function completed(given, defaults) {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => (given[name] ?? '').trim() === ''));
}

/** @type {Readonly<Record<string, Job | undefined>>} */
export const jobs = {
  /** After a deploy: one analyst. On somebody's staging its card is seen to move, and its run cancelled and deleted. */
  smoke: {
    defaults: (given) =>
      completed(given, {
        THINK_S: '1',
        RAMP_S: '0',
        PROBES: 'none',
        ...(attached(given) ? { UNTIL: 'launched' } : {}),
      }),
    commands: () => [{ args: [...playwright, '--grep', '@smoke'], limitMs: 5 * minutes, decides: true }],
  },
  /** Every night: all analysts, and the Allure report with its history. */
  nightly: {
    defaults: (given) => completed(given, attached(given) ? { UNTIL: 'launched' } : {}),
    commands: () => [
      { args: [...playwright], limitMs: 150 * minutes, decides: true },
      { args: [...tsx, 'scripts/report.ts'], limitMs: 10 * minutes, decides: false },
    ],
  },
  /** After either, whatever became of it: nothing of the run stays in the product. */
  sweep: { defaults: () => ({}), commands: (runId) => [sweep(runId)] },
};

/** @param {Environment} given */
function attached(given) {
  return (given['BASE_URL'] ?? '').trim() !== '';
}

/**
 * The run's id, which the sweep must know that comes in another step: the one given, or made of the workflow's number and
 * attempt; each attempt is a run of its own.
 * @param {Environment} environment
 * @returns {string} Up to 16 lower-case letters and digits; empty outside of CI: then the run makes up its own.
 */
export function runIdOf({ RUN_ID = '', GITHUB_RUN_ID = '', GITHUB_RUN_ATTEMPT = '1' }) {
  if (RUN_ID.trim() !== '' || !/^\d+$/.test(GITHUB_RUN_ID)) return RUN_ID.trim();
  return `g${BigInt(GITHUB_RUN_ID).toString(36)}a${Number(GITHUB_RUN_ATTEMPT).toString(36)}`;
}
