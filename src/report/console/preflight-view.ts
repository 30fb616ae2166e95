/** How things stand before a run on an attached product, as a person reads it in a terminal. */
import { amount } from '../../run/ceilings.ts';
import { inWords } from '../../run/preflight/clocks.ts';
import type { Estimate } from '../../run/preflight/estimate.ts';
import type { Readiness } from '../../run/preflight/readiness.ts';
import { paintWith, WIDTH, wrap } from './text.ts';

const INDENT = 10;

/** The block, without a last newline; empty where there is nothing to say, as of the sandbox. */
export function renderReadiness(readiness: Readiness, colour: boolean): string {
  const paint = paintWith(colour);
  const { remarks, estimate } = readiness;
  const lines: [string, string][] = [
    ...(estimate ? factsOf(readiness, estimate) : []),
    ...[...(estimate ? consequences(readiness, estimate) : []), ...remarks].map((text): [string, string] => [
      'Note',
      text,
    ]),
  ];
  return lines
    .flatMap(([label, text], at) =>
      wrap(text, WIDTH - INDENT).map((line, lineAt) => {
        const repeated = lineAt > 0 || lines[at - 1]?.[0] === label;
        return paint.quiet((repeated ? '' : label).padEnd(INDENT)) + line;
      }),
    )
    .join('\n');
}

function factsOf(readiness: Readiness, estimate: Estimate): [string, string][] {
  const { target, signInOrigins, liveHosts, clocks, settings } = readiness;
  const places = [
    target.baseUrl,
    ...signInOrigins.map((origin) => `sign-in at ${origin}`),
    ...(signInOrigins.length === 0 && settings.AUTH_MODE === 'hosted' ? ['earlier sign-ins are still good'] : []),
    ...liveHosts.filter((host) => host !== new URL(target.baseUrl).host).map((host) => `live server ${host}`),
  ];
  const each = estimate.organizations.map(({ organization, launches }) => `${organization} ${launches}`).join(', ');
  const limit =
    settings.LAUNCH_LIMIT === 'none'
      ? 'no limit is known'
      : `each organisation may launch ${settings.LAUNCH_LIMIT.replace('/', ' in ')} min`;
  return [
    ['Product', places.join(' · ')],
    ['Launches', estimate.launches === 0 ? 'none' : `up to ${estimate.launches} (${each}) · ${limit}`],
    ...(estimate.launches === 0 ? [] : [['Takes', duration(estimate, settings)] as [string, string]]),
    ...(estimate.launches === 0 ? [] : [['Costs', cost(estimate, settings)] as [string, string]]),
    ['Clock', `this machine is ${inWords(clocks.product)} the product · ${inWords(clocks.live)} its live server`],
  ];
}

function duration({ durationMin }: Estimate, { UNTIL, PRODUCT_RUN_MIN, PRODUCT_SLOTS }: Readiness['settings']): string {
  if (UNTIL === 'launched')
    return durationMin === 0
      ? 'minutes: runs are cancelled once launched'
      : `${minutes(durationMin)} until the last launch; runs are cancelled then`;
  return `about ${minutes(durationMin)}, by PRODUCT_RUN_MIN=${PRODUCT_RUN_MIN} and PRODUCT_SLOTS=${PRODUCT_SLOTS}`;
}

function cost({ cost: sum, cutShort, launches }: Estimate, { COST_PER_RUN, MAX_COST }: Readiness['settings']): string {
  const bound = MAX_COST === undefined ? 'no bound is set (MAX_COST)' : `MAX_COST is ${MAX_COST}`;
  return `at most ${amount(sum)} (${launches} × ${amount(COST_PER_RUN)}${cutShort ? '; less, for runs are cancelled' : ''}) · ${bound}`;
}

/** What follows from the figures, and what would change it. */
function consequences({ probes, settings }: Readiness, estimate: Estimate): string[] {
  const { RATE_LIMIT_WAIT_S, RUN_DEADLINE_MIN } = settings;
  return [
    ...estimate.organizations.flatMap(({ organization, launches, remembered, refused, longestWaitMin, givingUp }) => {
      if (refused === 0) return [];
      const earlier = remembered === 0 ? '' : `, after ${remembered} of earlier runs,`;
      const end =
        givingUp === 0
          ? `, which RATE_LIMIT_WAIT_S=${RATE_LIMIT_WAIT_S} allows.`
          : `; ${givingUp} of them longer than RATE_LIMIT_WAIT_S=${RATE_LIMIT_WAIT_S} allows, and end without a project: set it to ${Math.ceil(longestWaitMin * 60) + 60} if all are to launch.`;
      return `${refused} of ${launches} launches of ${organization}${earlier} will be answered with 429 and wait up to ${minutes(longestWaitMin)}${end}`;
    }),
    ...(estimate.late === 0
      ? []
      : [
          `${estimate.late} of ${estimate.launches} runs would take longer than RUN_DEADLINE_MIN=${RUN_DEADLINE_MIN}, the queue included: set it to ${Math.ceil(estimate.slowestMin * 1.2)} if they are to be watched to the end.`,
        ]),
    ...(probes
      ? [
          'Hazard probes run as well, and launch projects of their own, which are not counted here: PROBES=none leaves them out.',
        ]
      : []),
  ];
}

/** Minutes as a person says them. */
function minutes(count: number): string {
  const whole = Math.ceil(count);
  if (whole < 60) return `${whole} min`;
  return whole % 60 === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}
