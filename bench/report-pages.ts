/** What the pages of a made-up journey record: their navigations and vitals, and what they hold. */
import type { Draw } from '../src/run/random.ts';
import { written, type Plan, type Written } from './report-plan.ts';

export function pages(draw: Draw, { from, launchedAt, endedAt, loop, analyst }: Plan, leaves: number): Written[] {
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
