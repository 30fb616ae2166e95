/** What an analyst of a made-up run is going to do, and what becomes of it: the same for whoever sees it. */
import { drawsFor, type Draw } from '../src/run/random.ts';
import type { EventBody } from '../src/telemetry/events.ts';

/** A record's body and when it was written, milliseconds since 1970. */
export interface Written {
  readonly at: number;
  readonly body: EventBody;
}

/** What an analyst is about to do once more, and what becomes of it: known beforehand, for colleagues see it too. */
export interface Plan {
  readonly analyst: string;
  readonly loop: number;
  readonly bundle: string;
  readonly project: string;
  readonly projectId: string;
  readonly productRunId: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly launchedAt: number;
  /** When the product committed each state of the run, and the stage that it was in. */
  readonly states: readonly { readonly at: number; readonly status: string; readonly stage: string }[];
  readonly endedAt: number;
}

/** From the start of one journey of an analyst to the start of the next. */
export const LOOP_MS = 110_000;
export const BUNDLES = ['coffee-loyalty', 'mobile-networks', 'banking-app', 'health-insurance'] as const;

const STAGES = [
  'uploading',
  'parsing',
  'survey_processing',
  'parallel_processing',
  'filtering',
  'banner_processing',
  'crosstab_review_required',
  'applying_review',
  'tabulating',
  'formatting',
  'success',
] as const;
export function planJourney(seed: number, prefix: string, place: number, loop: number, startedAt: number): Plan {
  const analyst = nameOf(place);
  const draw = drawsFor(seed, `plan ${analyst} ${loop}`);
  const bundle = BUNDLES[place % BUNDLES.length] ?? BUNDLES[0];
  const from = startedAt + loop * LOOP_MS + place * 700 + draw() * 4_000;
  const launchedAt = from + 32_000 + draw() * 5_000;
  let at = launchedAt + 30;
  const states = STAGES.map((stage) => {
    const state = { at, status: statusOf(stage), stage };
    at += 300 + draw() * (stage === 'uploading' ? 12_000 : 4_000);
    return state;
  });
  return {
    analyst,
    loop,
    bundle,
    project: `${prefix} — ${analyst} ${bundle}${loop === 0 ? '' : ` ${loop + 1}`}`,
    projectId: token(draw),
    productRunId: token(draw),
    from,
    launchedAt,
    states,
    endedAt: states.at(-1)?.at ?? at,
  };
}

export function nameOf(place: number): string {
  return `analyst-${String(place + 1).padStart(2, '0')}`;
}

function statusOf(stage: (typeof STAGES)[number]): string {
  if (stage === 'crosstab_review_required') return 'pending_review';
  if (stage === 'success') return 'success';
  return ['applying_review', 'tabulating', 'formatting'].includes(stage) ? 'resuming' : 'in_progress';
}

/** Thirty-two characters, as the product's ids have. */
export function token(draw: Draw): string {
  return Array.from({ length: 32 }, () => Math.floor(draw() * 36).toString(36)).join('');
}

export function written(at: number, body: EventBody): Written {
  return { at: Math.round(at), body };
}
