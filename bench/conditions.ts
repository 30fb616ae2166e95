/** What is measured under which conditions, and in which order: arms take turns, so that a machine that warms up or tires favours none. */
import { z } from 'zod';

/**
 * `muster`: as `npm start` runs it. `silent`: the same without telemetry in the pages. `plain`: Playwright Test as everybody
 * uses it, a worker and a browser for each analyst. `bare`: one process, one browser, nothing but the journey: the least there can be.
 */
export const armSchema = z.enum(['muster', 'silent', 'plain', 'bare']);
export type Arm = z.infer<typeof armSchema>;

/** `dwell`: twenty seconds on a dashboard that changes, and a click a second. `whole`: the main job. */
export const journeySchema = z.enum(['dwell', 'whole']);
export type JourneyName = z.infer<typeof journeySchema>;

export const conditionSchema = z.object({ arm: armSchema, analysts: z.int().positive(), journey: journeySchema });
export type Condition = z.infer<typeof conditionSchema>;

export interface Plan {
  readonly arms: readonly Arm[];
  /** How many analysts, level by level. */
  readonly levels: readonly number[];
  readonly journey: JourneyName;
  readonly repetitions: number;
}

/** Every measurement of a plan in its order: repetition by repetition, level by level, the arms in turned order each time. */
export function schedule({ arms, levels, journey, repetitions }: Plan): Condition[] {
  return Array.from({ length: repetitions }, (_, repetition) =>
    levels.flatMap((analysts, level) => turned(arms, repetition + level).map((arm) => ({ arm, analysts, journey }))),
  ).flat();
}

/** What of a schedule is still to be done, in order. */
export function pending(planned: readonly Condition[], done: readonly Condition[]): Condition[] {
  const left = new Map<string, number>();
  for (const condition of done) left.set(nameOf(condition), (left.get(nameOf(condition)) ?? 0) + 1);
  return planned.filter((condition) => {
    const name = nameOf(condition);
    const finished = left.get(name) ?? 0;
    if (finished > 0) left.set(name, finished - 1);
    return finished === 0;
  });
}

/** For people and as a key. */
export function nameOf({ arm, analysts, journey }: Condition): string {
  return `${arm} ${journey} × ${analysts}`;
}

function turned<T>(items: readonly T[], by: number): T[] {
  const from = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(from), ...items.slice(0, from)];
}
