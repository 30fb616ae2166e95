/** A made-up journey that goes well, as an analyst's worker would record it, in the proportions of a real run. */
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
const BADGES: Readonly<Record<string, string>> = {
  in_progress: 'Processing',
  pending_review: 'Review Required',
  resuming: 'Processing',
  success: 'Finished',
};

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
function token(draw: Draw): string {
  return Array.from({ length: 32 }, () => Math.floor(draw() * 36).toString(36)).join('');
}

/** All that the owner's worker records of the journey, in the order in which it is written. */
export function journeyRecords(seed: number, plan: Plan, colleagues: readonly Plan[]): Written[] {
  const draw = drawsFor(seed, `journey ${plan.analyst} ${plan.loop}`);
  const leaves = Math.max(plan.endedAt, plan.from + 75_000) + 8_000;
  return [
    ...steps(draw, plan, leaves),
    ...pages(draw, plan, leaves),
    ...requests(draw, plan),
    ...stages(draw, plan, leaves),
    ...sightings(draw, [plan, ...colleagues], plan.from, leaves),
    ...outcome(draw, plan, leaves),
    ...mishaps(draw, plan),
    ...drift(draw, plan),
  ].sort((one, other) => one.at - other.at);
}

function steps(draw: Draw, { from, launchedAt, endedAt }: Plan, leaves: number): Written[] {
  const named: readonly (readonly [string, number, number])[] = [
    ['dashboard', from, from + 200],
    ['open-wizard', from + 2_000, from + 2_300],
    ['name-project', from + 8_000, from + 8_500],
    ['upload', from + 14_000, from + 16_500],
    ['validate', from + 18_000, from + 18_900],
    ['configure', from + 24_000, from + 26_000],
    ['launch', launchedAt, launchedAt + 400],
    ['return-to-dashboard', launchedAt + 3_000, launchedAt + 3_200],
    ['watch-to-end', launchedAt + 3_300, endedAt + 150],
    ['see-colleagues', endedAt + 300, endedAt + 500],
    ['open-project', endedAt + 2_000, endedAt + 2_150],
    ['download', endedAt + 4_000, endedAt + 4_600],
    ['check-workbook', endedAt + 4_700, endedAt + 5_000],
    ['leave', leaves - 400, leaves - 100],
  ];
  return named.map(([name, startedAt, end]) => {
    const to = end + draw() * 150;
    const failed = draw() < 0.002;
    return written(to, { type: 'step', name, startedAt, endedAt: to, outcome: failed ? 'timeout' : 'ok' });
  });
}

function pages(draw: Draw, { from, launchedAt, endedAt, loop, analyst }: Plan, leaves: number): Written[] {
  const document = `${analyst}-${loop}`;
  const visits = [
    { page: 'dashboard', at: from + 20, kind: 'hard' },
    { page: 'wizard', at: from + 2_050, kind: 'soft' },
    { page: 'project', at: launchedAt + 110, kind: 'soft' },
    { page: 'dashboard', at: launchedAt + 3_020, kind: 'soft' },
    { page: 'project', at: endedAt + 2_020, kind: 'soft' },
    { page: 'dashboard', at: leaves - 380, kind: 'soft' },
  ] as const;
  return visits.flatMap(({ page, at, kind }, place): Written[] => {
    const navigationId = `${document}/${place}`;
    const names = kind === 'hard' ? (['TTFB', 'FCP', 'LCP', 'CLS', 'INP'] as const) : (['LCP', 'CLS', 'INP'] as const);
    const paintedAt = at + 40 + draw() * 60;
    return [
      written(paintedAt + 5, { type: 'navigation', kind, page, navigationId, measured: true }),
      written(paintedAt + 6, {
        type: 'route',
        page,
        changedAt: at,
        loaded: kind === 'hard',
        cards: page === 'dashboard',
        measured: true,
      }),
      ...(kind === 'hard'
        ? []
        : [written(paintedAt + 90, { type: 'arrival', page, promptedAt: at - 15, routedAt: at, paintedAt })]),
      ...names.map((name) =>
        // A page's vitals are written when it is left.
        written((visits[place + 1]?.at ?? leaves) + 10, {
          type: 'vital',
          name,
          kind,
          page,
          navigationId,
          metricId: `v6-${Math.round(at)}-${place}${name}`,
          value: name === 'CLS' ? draw() * 0.05 : 20 + draw() ** 3 * 900,
          rating: 'good',
          measured: true,
          takenAt: at + 600 + draw() * 900,
          attribution: attributionOf(name, draw),
        }),
      ),
      ...(place % 2 === 0 ? [memory(draw, page, document, at + 300)] : []),
    ];
  });
}

function attributionOf(name: string, draw: Draw): Record<string, unknown> {
  if (name === 'LCP')
    return {
      target: `main>section.cards>div:nth-child(${1 + Math.floor(draw() * 5)})>h3`,
      timeToFirstByte: draw() * 20,
      resourceLoadDelay: 0,
      resourceLoadDuration: 0,
      elementRenderDelay: draw() * 400,
    };
  if (name === 'INP')
    return {
      interactionTarget: 'main>form>button.primary',
      inputDelay: draw() * 20,
      processingDuration: draw() * 60,
      presentationDelay: draw() * 30,
    };
  return {};
}

function memory(draw: Draw, page: string, document: string, takenAt: number): Written {
  return written(takenAt + 30, {
    type: 'memory',
    page,
    document,
    takenAt,
    heapBytes: Math.round(4e6 + draw() * 2e6),
    nodes: 130 + Math.floor(draw() * 900),
    listeners: 207,
    tookMs: 10 + draw() * 20,
  });
}

function requests(draw: Draw, { from, launchedAt, states }: Plan): Written[] {
  const review = states.find(({ status }) => status === 'resuming');
  const sent = [
    { method: 'POST', route: '/api/validate-data', at: from + 14_100, bytes: 270_587, ms: 400 },
    { method: 'POST', route: '/api/projects/launch', at: launchedAt + 20, bytes: 280_000, ms: 90 },
    ...(review ? [{ method: 'POST', route: '/api/runs/:id/review', at: review.at - 40, bytes: 0, ms: 60 }] : []),
  ];
  return sent.map(({ method, route, at, bytes, ms }) => {
    const endedAt = at + ms * (0.5 + draw());
    return written(endedAt + 20, {
      type: 'http',
      method,
      route,
      startedAt: at,
      promptedAt: at - 8,
      ...(bytes === 0 ? {} : { fileBytes: bytes, serverMs: { receive: 12 } }),
      sentAt: at + 3,
      firstByteAt: endedAt - 1,
      endedAt,
      status: 200,
      outcome: 'answered',
      bytesReceived: 472,
      traceId: token(draw),
      measured: true,
    });
  });
}

function stages(draw: Draw, { project, productRunId, states }: Plan, leaves: number): Written[] {
  const told = states.map(({ at, status, stage }, place): Written => {
    const arrivedAt = at + 2 + draw() * 30;
    const standing = status === 'success' ? 'completed' : status === 'pending_review' ? 'waiting' : 'active';
    return written(Math.min(arrivedAt + 400, leaves), {
      type: 'stage',
      project,
      productRunId,
      standing,
      status,
      stage,
      progress: Math.round((place * 100) / (states.length - 1)),
      committedAt: at,
      sentAt: at + 1,
      arrivedAt,
    });
  });
  const openedAt = states.find(({ status }) => status === 'pending_review')?.at;
  if (openedAt === undefined) return told;
  const route = '/api/runs/:id/review';
  return [...told, written(leaves - 2, { type: 'review', project, route, openedAt, answered: 'active' })];
}

/** Every change that a page is told of: a sighting, and on the dashboard a card. */
function sightings(draw: Draw, plans: readonly Plan[], from: number, to: number): Written[] {
  return plans.flatMap(({ project, projectId, productRunId, states }, place) => {
    const changes = states.filter(({ status }, at) => status !== states[at - 1]?.status);
    return changes.flatMap(({ at, status }, nth): Written[] => {
      if (at < from || at > to) return [];
      const arrivedAt = at + 4 + draw() * 30;
      const shown = draw() < 0.3;
      return [
        written(arrivedAt + 1, {
          type: 'sighting',
          project,
          projectId,
          productRunId,
          status,
          versionAt: at,
          view: 1,
        }),
        ...(shown
          ? [
              written(arrivedAt + 500, {
                type: 'card',
                project,
                own: place === 0,
                status: BADGES[status] ?? 'Processing',
                ...(nth === 0 ? { appeared: true as const } : {}),
                committedAt: at,
                sentAt: at + 1,
                arrivedAt,
                paintedAt: arrivedAt + 8 + draw() * 20,
                end: 'painted',
              }),
            ]
          : []),
      ];
    });
  });
}

function outcome(draw: Draw, plan: Plan, leaves: number): Written[] {
  const { project, projectId, productRunId, bundle, launchedAt, endedAt, from, loop } = plan;
  const socketId = `s${loop + 1}`;
  return [
    written(from + 60, { type: 'socket', phase: 'opened', socketId, connectionCount: 0 }),
    written(leaves - 5, {
      type: 'socket',
      phase: 'closed',
      socketId,
      closeCode: 1001,
      framesReceived: 61,
      bytesReceived: 253_786,
      place: 'page',
      openedAt: from + 50,
      silenceMaxMs: 4_000 + draw() * 9_000,
      subscriptions: { 'runs:listByOrg': { results: 50, bytes: 240_000 } },
    }),
    written(launchedAt + 3_400, {
      type: 'first-card',
      project,
      routedAt: launchedAt + 3_020,
      paintedAt: launchedAt + 3_100,
    }),
    written(leaves - 4, { type: 'result', project, file: 'crosstabs.xlsx', golden: 'equal', differences: [] }),
    written(leaves - 3, {
      type: 'project',
      name: project,
      bundle,
      projectId,
      productRunId,
      end: 'completed',
      launchedAt,
      durationMs: endedAt - launchedAt,
    }),
    written(leaves - 2, {
      type: 'search',
      frames: 61,
      responses: 6,
      screens: 8,
      unread: 0,
      characters: 253_786,
      elapsedMs: 0.6,
      waitedMs: 54,
    }),
    written(leaves - 1, { type: 'clock', other: 'harness', samples: 32, offsetMinMs: -0.9, offsetMaxMs: 0.8 }),
    written(leaves - 1, { type: 'clock', other: 'product', samples: 190, offsetMinMs: -1.2, offsetMaxMs: 0.4 }),
  ];
}

/** Now and then: a long frame, a lost connection, a complaint with an id in it that no other has. */
function mishaps(draw: Draw, { from, loop, project }: Plan): Written[] {
  const at = from + 40_000 + draw() * 10_000;
  return [
    written(at, {
      type: 'long-frame',
      page: 'dashboard',
      startedAt: at - 300,
      durationMs: 60 + draw() * 90,
      blockingMs: draw() * 40,
      ownMs: draw() * 20,
    }),
    ...(draw() < 0.04
      ? [
          written(at + 900, {
            type: 'gap',
            socketId: `s${loop + 1}b`,
            lostSocketId: `s${loop + 1}`,
            closeCode: 1006,
            closedAt: at,
            openedAt: at + 400 + draw() * 300,
            resyncedAt: at + 800,
            rowsCaughtUp: 1,
          }),
        ]
      : []),
    ...(draw() < 0.05
      ? [written(at, { type: 'error', source: 'console', message: `Slow answer for ${project}`, step: 'watch-to-end' })]
      : []),
  ];
}

/** The page's timers, second by second. */
function drift(draw: Draw, { from }: Plan): Written[] {
  const first = Math.ceil(from / 1000);
  return Array.from({ length: LOOP_MS / 1000 - 28 }, (_, place) => {
    const to = (first + place + 1) * 1000;
    const late = draw() < 0.001 ? 1 : 0;
    return written(to + 3_000, {
      type: 'health',
      source: 'page',
      from: to - 1000,
      to,
      driftSamples: 5,
      driftOver50Ms: late,
      driftOwnOver50Ms: 0,
      driftMaxMs: late * 60 + draw(),
    });
  });
}

function written(at: number, body: EventBody): Written {
  return { at: Math.round(at), body };
}
