/** Who waited for what. */
import { duration } from '../format.ts';
import { isComputing } from '../sections.ts';
import { longestIn, type Phase, type Span, type Timeline } from '../timeline.ts';

const WAITS = {
  queued: 'in the product’s queue',
  running: 'while the product computed',
  reconnecting: 'without a live connection',
  review: 'until their review was done, which is their own time',
} as const satisfies Record<Phase, string>;

/** Who waited longest for the product, each kind of wait in all, as the table below the timeline has it; then the longest single step. */
export function longestWait(timeline: Timeline | undefined): string {
  const lanes = timeline?.lanes ?? [];
  const waits = (Object.keys(WAITS) as Phase[])
    .flatMap((phase) => {
      const longest = longestIn(lanes, phase);
      return longest === undefined ? [] : [{ phase, ...longest }];
    })
    // What people decide at leisure is no wait for the product, however long.
    .sort((one, other) => Number(one.phase === 'review') - Number(other.phase === 'review') || other.ms - one.ms);
  const said = waits
    .filter(({ ms }, place) => place === 0 || ms >= 500)
    .map(({ phase, lane, ms }, place) => {
      const whose = place > 0 || lane.bundle === undefined ? '' : ` (bundle ${lane.bundle})`;
      return `${lane.analyst}${whose}: ${duration(ms)} in all ${WAITS[phase]}`;
    });
  const step = longestStep(lanes);
  return [said.join('; '), step]
    .filter((each) => each !== '')
    .map((each) => `${each}.`)
    .join(' ');
}

function longestStep(lanes: Timeline['lanes']): string {
  const steps = lanes.flatMap(({ analyst, steps: own }) => own.map((step) => ({ analyst, ...step })));
  const [first, ...others] = steps;
  if (first === undefined) return '';
  const ms = ({ from, to }: Span): number => to - from;
  const { analyst, name, outcome, ...span } = others.reduce((most, step) => (ms(step) > ms(most) ? step : most), first);
  const what = [
    ...(isComputing(`step.${name}`) ? ['in which the product computed'] : []),
    ...(outcome === 'ok' ? [] : ['which failed']),
  ];
  return `The longest single step: “${name}” of ${analyst}, ${duration(ms(span))}${what.length === 0 ? '' : `, ${what.join(', ')}`}`;
}
