/** The only reader of the harness's environment (and of `.env`). */
import { config as loadDotenv } from 'dotenv';
import { ConfigurationError } from './configuration-error.ts';
import { onboardingContradictions, sandboxInvitations } from './invitations.ts';
import { analystsPerWorker } from './layout.ts';
import { dataContradictions, embeddedStore } from './store-settings.ts';
import { refuseUnsafeTarget } from './safety.ts';
import { keepSecret } from './secrets.ts';
import { signInContradictions } from './settings/sign-in-contradictions.ts';
import { settingEntries, type SettingName, type Settings } from './settings-table.ts';

export { settingsTable, type Settings } from './settings-table.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks settings.
 * @throws ConfigurationError that lists every problem, a sentence each.
 */
export function parseSettings(environment: Environment): Settings {
  const problems: string[] = [];
  const misread: SettingName[] = [];
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of Object.keys(settingEntries) as SettingName[]) {
    const { fallback, schema, secret } = settingEntries[name];
    const given = environment[name];
    const result = schema.safeParse(given === undefined || given.trim() === '' ? fallback : given);
    if (result.success) values[name] = result.data;
    else {
      const shown = secret === true ? 'set' : `"${withoutCredentials(given ?? '')}"`;
      problems.push(`${name} is ${shown}: it ${result.error.issues[0]?.message ?? 'cannot be read'}.`);
      misread.push(name);
      // In its place stands what would have stood there, so that what else is wrong can be told as well.
      values[name] = schema.parse(fallback);
    }
  }
  if (values.PER_WORKER === 'auto' && typeof values.ANALYSTS === 'number')
    values.PER_WORKER = analystsPerWorker(values.ANALYSTS);
  // Every name has been read or has left a problem behind.
  const settings = values as Settings;
  problems.push(
    ...contradictions(settings).filter(
      (sentence) => !misread.some((name) => new RegExp(`\\b${name}\\b`).test(sentence)),
    ),
  );
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  return settings;
}

/** Somebody's mistake may hold a password all the same. */
function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/g, '//…@');
}

function contradictions(settings: Settings): string[] {
  const problems: string[] = [];
  if (settings.BASE_URL === undefined) {
    if (settings.ACCOUNTS_FILE !== undefined)
      problems.push(
        'ACCOUNTS_FILE is set but BASE_URL is not: set BASE_URL to the product that knows these accounts, or unset ACCOUNTS_FILE.',
      );
  } else {
    const refusal = refuseUnsafeTarget(settings.BASE_URL, settings.ALLOWED_HOSTS);
    if (refusal !== undefined) problems.push(refusal);
    if (settings.ACCOUNTS_FILE === undefined && settings.AUTH_MODE !== 'bypass')
      problems.push(
        'BASE_URL is set but ACCOUNTS_FILE is not: set it to a JSON file with the accounts of the analysts.',
      );
  }
  if ((settings.ADMIN_EMAIL === undefined) !== (settings.ADMIN_PASSWORD === undefined))
    problems.push('ADMIN_EMAIL and ADMIN_PASSWORD belong together: set both or neither.');
  problems.push(
    ...signInContradictions(settings),
    ...onboardingContradictions(settings),
    ...dataContradictions(settings),
  );
  return problems;
}

let cached: Settings | undefined;

/** The settings of this process, read once from `.env` and the environment. @throws ConfigurationError */
export function readSettings(): Settings {
  if (cached === undefined) {
    loadDotenv({ quiet: true });
    cached = parseSettings(process.env);
    for (const name of Object.keys(settingEntries) as SettingName[]) {
      const value = cached[name];
      if (settingEntries[name].secret === true && typeof value === 'string') keepSecret('secret', value);
    }
  }
  return cached;
}

/** What a run record may hold: everything but secrets. */
export function publicSettings(settings: Settings): Record<string, string | number | readonly string[]> {
  const shown: Record<string, string | number | readonly string[]> = {};
  for (const name of Object.keys(settingEntries) as SettingName[]) {
    const value = settings[name];
    if (value === undefined || settingEntries[name].secret === true) continue;
    shown[name] = typeof value === 'object' && 'width' in value ? `${value.width}x${value.height}` : value;
  }
  // Where somebody keeps data of their own is nobody else's business.
  if (!['local', 'store'].includes(settings.DATASETS)) shown['DATASETS'] = 'a folder';
  return shown;
}

/**
 * What the runner tells its workers, through the environment, because the configuration is loaded anew in each of them:
 * the identity of the run, where the product is, whether windows are to be seen and on how large a screen, and where browsers put temporary files.
 */
const handedOn = {
  runId: 'MUSTER_RUN_ID',
  startedAt: 'MUSTER_STARTED_AT',
  shard: 'MUSTER_SHARD',
  headed: 'MUSTER_HEADED',
  screen: 'MUSTER_SCREEN',
  probes: 'MUSTER_PROBES',
  loadTest: 'MUSTER_LOAD_TEST',
  sandboxUrl: 'MUSTER_SANDBOX_URL',
  sandboxAccounts: 'MUSTER_SANDBOX_ACCOUNTS',
  sandboxObjects: 'MUSTER_SANDBOX_OBJECTS',
  temporary: 'MUSTER_TEMPORARY',
} as const;

export type HandedOn = keyof typeof handedOn;

/** Reads something handed on, or undefined. */
export function received(key: HandedOn): string | undefined {
  const value = process.env[handedOn[key]];
  return value === undefined || value === '' ? undefined : value;
}

/** Hands something on to the workers that start from now on (and to this process). */
export function handOn(key: HandedOn, value: string): void {
  process.env[handedOn[key]] = value;
}

/** What the embedded sandbox is started with: enough accounts for the analysts. Of every twenty in an organisation two are partners, and one admin of each is kept back. */
export function sandboxEnvironment(settings: Settings): Record<string, string> {
  const needed = 40 * Math.ceil((settings.ANALYSTS + 2) / 36);
  const wanted = Math.max(needed, Number(process.env['SANDBOX_ACCOUNTS'] ?? 0) || 0);
  const invitations = Number(process.env['SANDBOX_INVITATIONS'] ?? 0) || 0;
  return {
    SANDBOX_ACCOUNTS: String(wanted),
    ...sandboxInvitations(settings, { accounts: wanted, invitations }),
    // Those of a sandbox that somebody runs by hand may stand in the same environment.
    SANDBOX_OBJECTS_KEY: embeddedStore.accessKeyId,
    SANDBOX_OBJECTS_SECRET: embeddedStore.secretAccessKey,
  };
}

/** The environment for a process of our own: this one's, with these on top. */
export function childEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

/** Calls an action that makes temporary files, or starts a program that does, in the folder that was handed on for them. */
export async function inTemporaryFolder<T>(action: () => Promise<T>): Promise<T> {
  const folder = received('temporary');
  const before = process.env['TMPDIR'];
  if (folder === undefined) return action();
  process.env['TMPDIR'] = folder;
  try {
    return await action();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** The one admin of the settings, for an organisation whose admin the accounts file lacks. */
export function spareAdmin({ ADMIN_EMAIL, ADMIN_PASSWORD }: Settings): { email: string; password: string } | undefined {
  return ADMIN_EMAIL !== undefined && ADMIN_PASSWORD !== undefined
    ? { email: ADMIN_EMAIL, password: ADMIN_PASSWORD }
    : undefined;
}

/** What the CI job that runs us wants to be told; neither outside of CI. */
export interface CiJob {
  /** Where GitHub takes the Markdown of the job's page from. */
  readonly summaryFile: string | undefined;
  /** Whether workflow commands on standard output become annotations. */
  readonly annotates: boolean;
}

/** The CI job of this process. */
export function ciJob(): CiJob {
  const { GITHUB_STEP_SUMMARY: summaryFile, GITHUB_ACTIONS: actions } = process.env;
  return { summaryFile: summaryFile === '' ? undefined : summaryFile, annotates: actions === 'true' };
}

/** Who started this process: the person behind a CI job, or the user of this machine. */
export function startedBy(): string {
  const { GITHUB_ACTOR: actor, USER: user, USERNAME: name } = process.env;
  return actor || user || name || 'somebody';
}
