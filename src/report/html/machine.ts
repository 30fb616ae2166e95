/** How the machine that ran the browsers did, in `report.html`: what the figures can be trusted for. */
import type { RunFile } from '../../run/run-file.ts';
import { bytes, duration, percent, share } from '../format.ts';
import type { Summary } from '../summary.ts';
import { guardsOf } from '../verdict/health.ts';
import { definitions, notes, section } from './parts.ts';

/** The share of all cores from which on what else runs on the machine is worth a sentence. */
const MUCH_ELSE = 0.25;

export function machinePart({ generator, analysts, target }: Summary, { settings, host }: RunFile): string {
  if (analysts === 0) return '';
  const { invalidSeconds, judgedSeconds, cpuP95, productCpuP95, restCpuP95, psiP95, loopLagP95Ms } = generator;
  const { driftOver50msShare, memoryPeakBytes, productMemoryPeakBytes, watchedSeconds } = generator;
  const known = (value: number | null | undefined, say: (value: number) => string, name: string): [string, string][] =>
    value === null || value === undefined ? [] : [[name, say(value)]];
  const guards = guardsOf(settings);
  const limit = (name: keyof typeof guards, say: (value: number) => string): string =>
    ` (a second is too busy past ${say(guards[name])}, ${name})`;
  const facts = [
    ...known(
      invalidSeconds,
      (seconds) =>
        `${seconds} of ${judgedSeconds ?? 'an unknown number of'}; past ${share(guards.GUARD_INVALID_SHARE)} of them a run is INVALID`,
      'Seconds too busy',
    ),
    ...known(
      cpuP95,
      (value) =>
        `${share(value)} of all cores in the busiest seconds (p95)${target.kind === 'attached' ? limit('GUARD_CPU', share) : ''}`,
      'Browsers and Muster',
    ),
    ...known(productCpuP95, (value) => `${share(value)} (p95)`, 'The product, as far as on this machine'),
    ...known(restCpuP95, (value) => `${share(value)} (p95)`, 'Everything else'),
    ...known(
      psiP95,
      (value) => `${percent(value)} of a second something waited for a core (p95)`,
      'Waiting for a core',
    ),
    ...known(
      loopLagP95Ms,
      (value) => `${duration(value)} late (p95)${limit('GUARD_LOOP_LAG_MS', duration)}`,
      'Event loops of the workers',
    ),
    ...known(
      driftOver50msShare,
      (value) => `${percent(value)} came more than 50 ms late${limit('GUARD_DRIFT_SHARE', percent)}`,
      'Timers of the pages',
    ),
    ...known(memoryPeakBytes, (value) => `${bytes(value)} at most`, 'Memory of browsers and Muster'),
    ...known(productMemoryPeakBytes, (value) => `${bytes(value)} at most`, 'Memory of the product'),
    ...known(
      watchedSeconds,
      (value) => `for ${duration(value * 1000)}: that browser was load on this machine, too`,
      'Somebody watched',
    ),
  ];
  const said = [
    'A machine that is too busy makes a product look slow.',
    'So each second is checked by the machine’s own signals, never by how slow the product was.',
    'What was measured in a second that is too busy is kept out of the figures. Where that is most of a row, the row shows all, and is in doubt.',
    'Each share of the cores is that of its own busiest seconds: they are no parts of one sum.',
    ...(restCpuP95 !== null && restCpuP95 !== undefined && restCpuP95 > MUCH_ELSE
      ? [`Other programs took up to ${share(restCpuP95)} of this machine: end them before the next run.`]
      : []),
  ];
  const ok = invalidSeconds === 0;
  const title = `The machine that ran the browsers${invalidSeconds === null ? '' : ok ? ' kept up all the time' : ` was too busy in ${invalidSeconds} of ${judgedSeconds ?? 'unknown'} seconds`}`;
  const machine = [
    typeof host['cpus'] === 'number' ? `${host['cpus']} cores` : '',
    typeof host['cpu'] === 'string' ? host['cpu'] : '',
    typeof host['memoryBytes'] === 'number' ? bytes(host['memoryBytes']) : '',
  ].filter((each) => each !== '');
  return section(
    'machine',
    title,
    notes(said) + definitions([...(machine.length === 0 ? [] : [['Machine', machine.join(', ')] as const]), ...facts]),
  );
}
