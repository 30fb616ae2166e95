/** Samples of reviews: from the click that saves one to its acceptance, and to the end of its run. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { addBetween } from './measuring.ts';
import type { Measured, Tags } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** A moment by the page's clock, and whether what was waited for had not come by then. */
interface End {
  at: number;
  censored: boolean;
}

/** Expected is each once a saved review. */
export function addReviews(
  measured: Measured,
  events: readonly MusterEvent[],
  tagsOf: (analyst: string) => Tags,
): void {
  for (const review of events) {
    if (review.type !== 'review') continue;
    const { analyst } = review;
    const own = events.filter((event) => event.analyst === analyst && event.attempt === review.attempt);
    const requests = own.filter((event): event is Of<'http'> => isCarrier(event, review));
    const from = requests[0] && (requests[0].promptedAt ?? requests[0].startedAt);
    const tags = tagsOf(analyst);
    const part = (metric: string, end: End | undefined) =>
      addBetween(measured, { metric, tags, analyst, from, to: end?.at, censored: end?.censored ?? false });
    if (from === undefined) {
      for (const metric of ['review.accepted', 'review.executed']) part(metric, undefined);
      continue;
    }
    const stages = own.filter(
      (event): event is Of<'stage'> =>
        event.type === 'stage' && event.project === review.project && (event.arrivedAt ?? 0) > from,
    );
    const lastAt = Math.max(from, ...own.map(({ at }) => at));
    part('review.accepted', acceptance(requests, stages) ?? { at: lastAt, censored: true });
    part('review.executed', execution(review, requests, stages) ?? { at: lastAt, censored: true });
  }
}

function isCarrier(event: MusterEvent, { route, openedAt }: Of<'review'>): boolean {
  return event.type === 'http' && event.method === 'POST' && event.route === route && event.startedAt >= openedAt;
}

/**
 * The run goes on, or the product answers that it will, whichever comes first: the answer may take as long as the run. An
 * answer that refuses counts only where the run does not go on, for a request that is sent twice is refused once.
 */
function acceptance(requests: readonly Of<'http'>[], stages: readonly Of<'stage'>[]): End | undefined {
  const answers = requests.filter(({ outcome }) => outcome === 'answered');
  const goesOn = stages.find(({ standing }) => standing === 'active' || standing === 'completed')?.arrivedAt;
  const accepted = answers.find(({ status }) => status < 300)?.endedAt;
  const first = Math.min(goesOn ?? Infinity, accepted ?? Infinity);
  if (Number.isFinite(first)) return { at: first, censored: false };
  const [refused] = answers;
  return refused && { at: refused.endedAt, censored: true };
}

/** The first word of the run's end, from a frame or from the answer; a run that failed never was executed. */
function execution(
  { answered }: Of<'review'>,
  requests: readonly Of<'http'>[],
  stages: readonly Of<'stage'>[],
): End | undefined {
  const told = stages.flatMap(({ standing, arrivedAt }) =>
    arrivedAt === undefined ? [] : [{ standing, at: arrivedAt }],
  );
  const answer = requests.find(({ outcome, status }) => outcome === 'answered' && status < 300);
  if (answer && answered) told.push({ standing: answered, at: answer.endedAt });
  const ends = told
    .filter(({ standing }) => standing !== 'active' && standing !== 'waiting')
    .sort((a, b) => a.at - b.at);
  const [end] = ends;
  return end && { at: end.at, censored: end.standing !== 'completed' };
}
