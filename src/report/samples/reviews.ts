/** Samples of reviews: from the click that saves one to its acceptance, and to the end of its run. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { groupBy } from '../../run/group-by.ts';
import { addBetween } from './measuring.ts';
import type { Measured, Tags } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** A moment by the page's clock, and whether what was waited for had not come by then. */
interface End {
  at: number;
  censored: boolean;
}

/** Expected is each once a saved review. All events are of one analyst. */
export function addReviews(measured: Measured, events: readonly MusterEvent[], tags: Tags): void {
  const reviews = events.filter((event): event is Of<'review'> => event.type === 'review');
  if (reviews.length === 0) return;
  const posts = groupBy(
    events.filter((event): event is Of<'http'> => event.type === 'http' && event.method === 'POST'),
    ({ attempt, route }) => `${attempt} ${route}`,
  );
  const told = groupBy(
    events.filter((event): event is Of<'stage'> => event.type === 'stage'),
    ({ attempt, project }) => `${attempt} ${project}`,
  );
  const lastAt = new Map<number, number>();
  for (const { attempt, at } of events) lastAt.set(attempt, Math.max(lastAt.get(attempt) ?? 0, at));
  for (const review of reviews) {
    const { analyst, attempt, route, project, openedAt } = review;
    const requests = (posts.get(`${attempt} ${route}`) ?? []).filter(({ startedAt }) => startedAt >= openedAt);
    const from = requests[0] && (requests[0].promptedAt ?? requests[0].startedAt);
    const part = (metric: string, end: End | undefined) =>
      addBetween(measured, { metric, tags, analyst, from, to: end?.at, censored: end?.censored ?? false });
    if (from === undefined) {
      for (const metric of ['review.accepted', 'review.executed']) part(metric, undefined);
      continue;
    }
    const stages = (told.get(`${attempt} ${project}`) ?? []).filter(({ arrivedAt }) => (arrivedAt ?? 0) > from);
    const journeysEnd = { at: Math.max(from, lastAt.get(attempt) ?? 0), censored: true };
    part('review.accepted', acceptance(requests, stages) ?? journeysEnd);
    part('review.executed', execution(review, requests, stages) ?? journeysEnd);
  }
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
