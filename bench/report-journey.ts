/** A made-up journey that goes well, as an analyst's worker would record it, in the proportions of a real run. */
import { drawsFor, type Draw } from '../src/run/random.ts';
import { pages } from './report-pages.ts';
import { LOOP_MS, token, written, type Plan, type Written } from './report-plan.ts';

const BADGES: Readonly<Record<string, string>> = {
  in_progress: 'Processing',
  pending_review: 'Review Required',
  resuming: 'Processing',
  success: 'Finished',
};

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
