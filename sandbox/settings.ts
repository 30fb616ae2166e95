/** The sandbox's settings, and the only place in it that reads the environment. */
import { z } from 'zod';

const port = z.coerce.number().int('must be a whole number').min(0).max(65535).default(0);

const settingsSchema = z.object({
  /** Port of the application; 0 takes a free one. */
  port,
  /** Port of the sign-in's own origin; 0 takes a free one. */
  loginPort: port,
  /** Data folder; none means a temporary one, removed at the end. */
  data: z.string().min(1).optional(),
  accounts: z.coerce.number().int('must be a whole number').min(2).max(2000).default(40),
  password: z.string().min(1).default('muster-sandbox'),
  limits: z.enum(['development', 'production', 'none']).default('development'),
  /** Multiplies the least duration of each pipeline stage. */
  pace: z.coerce.number().min(0).max(1000).default(1),
  /** Pipelines that compute at the same time. */
  slots: z.coerce.number().int('must be a whole number').min(1).max(64).default(3),
  sessionMinutes: z.coerce.number().positive().max(525_600).default(720),
  /** Log file, or `none`. Without it: `sandbox.log` in a named data folder, none in a temporary one. */
  log: z.string().min(1).optional(),
  /** `watch`: end also when standard input closes. */
  parent: z.enum(['watch', 'poll', 'none']).default('poll'),
});
export type SandboxSettings = z.infer<typeof settingsSchema>;

const variables: Record<keyof SandboxSettings, string> = {
  port: 'SANDBOX_PORT',
  loginPort: 'SANDBOX_LOGIN_PORT',
  data: 'SANDBOX_DATA',
  accounts: 'SANDBOX_ACCOUNTS',
  password: 'SANDBOX_PASSWORD',
  limits: 'SANDBOX_LIMITS',
  pace: 'SANDBOX_PACE',
  slots: 'SANDBOX_SLOTS',
  sessionMinutes: 'SANDBOX_SESSION_MINUTES',
  log: 'SANDBOX_LOG',
  parent: 'SANDBOX_PARENT',
};

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
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map((issue) => {
    const key = issue.path[0] as keyof SandboxSettings;
    const shown = key === 'password' ? '(hidden)' : JSON.stringify(given[key]);
    return `${variables[key]}=${shown}: ${issue.message}.`;
  });
  throw new SettingsError(`The sandbox cannot start with these settings. ${complaints.join(' ')}`);
}
