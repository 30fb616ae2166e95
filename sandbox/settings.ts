/** The sandbox's settings, and the only place in it that reads the environment. */
import { z } from 'zod';
import { parseFaults } from './faults/index.ts';
import { invitedAmong, planAccounts, shortestPassword } from './store/accounts.ts';

const wholeNumber = (least: number, most: number) =>
  z.coerce.number().int('must be a whole number').min(least).max(most);

/** Nobody's secret: it stands in the README. */
export const defaultPassword = 'muster-sandbox';

/** Nor is this one. */
const defaultObjectsSecret = 'muster-sandbox-objects';

/** A list of faults, checked and kept as it was given. */
const faultList = z.string().superRefine((list, context) => {
  try {
    parseFaults(list);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
});

const settingsSchema = z.object({
  port: wholeNumber(0, 65535).default(0).describe('Port of the application; 0 takes a free one.'),
  loginPort: wholeNumber(0, 65535).default(0).describe("Port of the sign-in's own origin; 0 takes a free one."),
  objectsPort: wholeNumber(0, 65535).default(0).describe('Port of the object store; 0 takes a free one.'),
  objectsKey: z
    .string()
    .regex(/^[^\s/,=]+$/, 'must be without spaces, slashes, commas and equals signs')
    .default('sandbox')
    .describe('Access key of the object store.'),
  objectsSecret: z.string().min(1).default(defaultObjectsSecret).describe('Its secret.'),
  data: z
    .string()
    .min(1)
    .optional()
    .describe('Data folder, kept from one start to the next. Empty: a temporary one, removed at the end.'),
  accounts: wholeNumber(2, 2000).default(40).describe('How many accounts there are, half in each organisation.'),
  password: z.string().min(1).default(defaultPassword).describe('Password of every account.'),
  invitations: wholeNumber(0, 2000)
    .default(0)
    .describe(
      'How many of the accounts, the last members of the list, are invited instead of made: their entries hold the link.',
    ),
  invitationDays: z.coerce
    .number()
    .positive()
    .max(3650)
    .default(7)
    .describe('How many days an invitation is good for.'),
  limits: z
    .enum(['development', 'production', 'none'])
    .default('development')
    .describe("Rate limits: production's, ten times as much (development), or none."),
  mode: z
    .enum(['development', 'production'])
    .default('development')
    .describe('What it runs as: in production there is no load-test page.'),
  limitWindow: z.coerce
    .number()
    .positive()
    .max(1000)
    .default(1)
    .describe('Multiplies the time that the rate limits look back; below 1 they are over sooner.'),
  pace: z.coerce
    .number()
    .min(0)
    .max(1000)
    .default(1)
    .describe('Multiplies the least duration of each pipeline stage; 0 goes as fast as it computes.'),
  slots: wholeNumber(1, 64).default(3).describe('Pipelines that compute at the same time.'),
  sessionMinutes: z.coerce.number().positive().max(525_600).default(720).describe('How long a sign-in lasts.'),
  log: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Log file (JSON lines), or `none`. Empty: `sandbox.log` in a named data folder, none in a temporary one.',
    ),
  faults: faultList
    .default('')
    .describe(
      'Defects to switch on, such as `duplicate-name,socket-flap=0.2`, so that what the harness claims to detect can be proved.',
    ),
  parent: z
    .enum(['watch', 'poll', 'none'])
    .default('poll')
    .describe(
      'How it notices that whoever started it is gone: `poll` looks, `watch` also ends when standard input closes, `none` goes on.',
    ),
  stayFor: z
    .string()
    .min(1)
    .optional()
    .describe('A file with the number of a process that it stays for, though whoever started it is gone.'),
});
export type SandboxSettings = z.infer<typeof settingsSchema>;

const variables: Record<keyof SandboxSettings, string> = {
  port: 'SANDBOX_PORT',
  loginPort: 'SANDBOX_LOGIN_PORT',
  objectsPort: 'SANDBOX_OBJECTS_PORT',
  objectsKey: 'SANDBOX_OBJECTS_KEY',
  objectsSecret: 'SANDBOX_OBJECTS_SECRET',
  data: 'SANDBOX_DATA',
  accounts: 'SANDBOX_ACCOUNTS',
  password: 'SANDBOX_PASSWORD',
  invitations: 'SANDBOX_INVITATIONS',
  invitationDays: 'SANDBOX_INVITATION_DAYS',
  limits: 'SANDBOX_LIMITS',
  mode: 'SANDBOX_MODE',
  limitWindow: 'SANDBOX_LIMIT_WINDOW',
  pace: 'SANDBOX_PACE',
  slots: 'SANDBOX_SLOTS',
  sessionMinutes: 'SANDBOX_SESSION_MINUTES',
  log: 'SANDBOX_LOG',
  faults: 'SANDBOX_FAULTS',
  parent: 'SANDBOX_PARENT',
  stayFor: 'SANDBOX_STAY_FOR',
};

/** Variable, default and meaning of every setting, for the README. */
export const sandboxSettingsTable: readonly {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
}[] = (Object.keys(variables) as (keyof SandboxSettings)[]).map((key) => ({
  name: variables[key],
  default: String(settingsSchema.parse({})[key] ?? ''),
  meaning: settingsSchema.shape[key].description ?? '',
}));

/** A setting that cannot be used; the message names the variable, its value and what is allowed. */
export class SettingsError extends Error {}

/**
 * Settings from an environment; empty values count as not given.
 * @throws SettingsError
 */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): SandboxSettings {
  const given: Record<string, string> = {};
  for (const [key, variable] of Object.entries(variables)) {
    const value = environment[variable]?.trim();
    if (value) given[key] = value;
  }
  return parse(given);
}

/** Settings given in the program, completed with the defaults. */
export function completeSettings(given: Partial<SandboxSettings>): SandboxSettings {
  return parse(given);
}

function parse(given: Partial<Record<keyof SandboxSettings, unknown>>): SandboxSettings {
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) {
    const refusals = refuseInvitations(parsed.data);
    if (refusals.length > 0) throw unusable(refusals);
    return parsed.data;
  }
  const complaints = parsed.error.issues.map((issue) => {
    const key = issue.path[0] as keyof SandboxSettings;
    const shown = key === 'password' || key === 'objectsSecret' ? '(hidden)' : JSON.stringify(given[key]);
    return `${variables[key]}=${shown}: ${issue.message}.`;
  });
  throw unusable(complaints);
}

function unusable(complaints: readonly string[]): SettingsError {
  return new SettingsError(`The sandbox cannot start with these settings. ${complaints.join(' ')}`);
}

/** Why so many accounts, or that password, cannot be left to invitations. */
function refuseInvitations({ accounts, invitations, password }: SandboxSettings): string[] {
  if (invitations === 0) return [];
  const most = invitedAmong(planAccounts(accounts, password), invitations).size;
  return [
    ...(most < invitations
      ? [
          `${variables.invitations}=${invitations}: of ${accounts} accounts ${most} can be invited. Raise ${variables.accounts}.`,
        ]
      : []),
    ...(password.length < shortestPassword
      ? [`${variables.password}=(hidden): who is invited must choose one of at least ${shortestPassword} characters.`]
      : []),
  ];
}
