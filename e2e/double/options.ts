/** What kind of product the double is, told to it at the start. Its traits are those of a deployment in production. */

export interface DoubleOptions {
  /** Port of the product itself; 0 for any that is free. */
  readonly port: number;
  readonly accounts: number;
  /** Multiplies the duration of each stage; at 1 a run takes about twenty seconds. */
  readonly pace: number;
  /** Seconds that a submitted review keeps its request waiting, at the least: the rest of the run. */
  readonly reviewS: number;
  /** Runs that compute at the same time; reviews go on beside them. */
  readonly slots: number;
  /** Multiplies the time that the rate limits look back; 0 for no limits. */
  readonly limitWindow: number;
  /** Transitions longer than this many characters are sent in parts. */
  readonly chunkChars: number;
  /** Seconds after which each socket is closed with 1011; 0 for never. */
  readonly flapS: number;
  /** Whether a run that was cancelled at work shows once more as in progress before it ends. */
  readonly flicker: boolean;
  /** Whether the routes below `/api/dev` are there; a deployment with NODE_ENV=production has none. */
  readonly devRoutes: boolean;
}

export const defaults: DoubleOptions = {
  port: 0,
  accounts: 40,
  pace: 1,
  reviewS: 10,
  slots: 3,
  limitWindow: 1,
  chunkChars: 20_000,
  flapS: 0,
  flicker: true,
  devRoutes: true,
};

const variables = {
  port: 'DOUBLE_PORT',
  accounts: 'DOUBLE_ACCOUNTS',
  pace: 'DOUBLE_PACE',
  reviewS: 'DOUBLE_REVIEW_S',
  slots: 'DOUBLE_SLOTS',
  limitWindow: 'DOUBLE_LIMIT_WINDOW',
  chunkChars: 'DOUBLE_CHUNK_CHARS',
  flapS: 'DOUBLE_FLAP_S',
} as const;
const switches = { flicker: 'DOUBLE_FLICKER', devRoutes: 'DOUBLE_DEV_ROUTES' } as const;

/** @throws an Error that names the variable and its value. */
export function optionsFrom(environment: Readonly<Record<string, string | undefined>>): DoubleOptions {
  const options: Record<string, number | boolean> = { ...defaults };
  for (const [option, name] of Object.entries(variables)) {
    const given = environment[name];
    if (given === undefined || given === '') continue;
    const value = Number(given);
    if (!Number.isFinite(value) || value < 0) throw new Error(`${name} is "${given}": it must be a number from 0 on.`);
    options[option] = value;
  }
  for (const [option, name] of Object.entries(switches)) {
    const given = environment[name];
    if (given === undefined || given === '') continue;
    if (given !== 'on' && given !== 'off') throw new Error(`${name} is "${given}": it must be on or off.`);
    options[option] = given === 'on';
  }
  // Every entry has been read into the type that its default has.
  return options as unknown as DoubleOptions;
}
