/** The two tables: what each fault makes the probes find, and what they find where nothing is. Pure. */
import type { Cell as Figure, Publication } from '../bench/published.ts';
import { boundAfter } from '../src/run/tries.ts';
import type { CellResult } from './matrix.ts';

type About = Pick<Publication, 'measuredAt' | 'host' | 'command'>;

/** One row a fault. */
export function detectionTable(results: readonly CellResult[], about: About): Publication | undefined {
  const withFault = results.filter(({ fault }) => fault !== null);
  const rows = [...new Set(withFault.map(({ fault }) => fault))].map((fault) => {
    const row = withFault.filter((result) => result.fault === fault);
    const proofs = row.filter(({ expected }) => expected === 'finding');
    const others = row.filter(({ expected }) => expected === 'clean');
    const silent = others.filter(({ runs, found }) => runs > 0 && found === 0);
    return {
      fault: code(fault ?? ''),
      finding: proofs.map(ownFinding).join('; ') || 'no probe proves it',
      hits: proofs.map(({ hits, tries }) => (tries === 0 ? '–' : `${hits} of ${tries}`)).join('; ') || '–',
      silent: silent.map(({ probe }) => code(probe)).join(', ') || '–',
      else:
        others
          .filter((result) => !silent.includes(result))
          .map((result) => `${code(result.probe)} ${result.found > 0 ? '**found something**' : unansweredWord(result)}`)
          .join(', ') || 'nothing',
    };
  });
  if (rows.length === 0) return undefined;
  return {
    bench: 'detection',
    ...about,
    columns: [
      { key: 'fault', title: 'fault' },
      { key: 'finding', title: 'finding' },
      { key: 'hits', title: 'tries that showed it' },
      { key: 'silent', title: 'other probes that were tried and found nothing' },
      { key: 'else', title: 'else' },
    ],
    rows,
  };
}

function ownFinding(result: CellResult): string {
  const { probe, runs, found, state } = result;
  if (runs === 0) return unansweredWord(result);
  if (found === 0) return '**missed**';
  return found === runs
    ? code(probe)
    : `${code(probe)} in ${found} of ${runs} runs${state === 'wrong' ? ' **only**' : ''}`;
}

function unansweredWord({ unanswered }: CellResult): string {
  return unanswered.length > 0 ? 'came to no answer' : 'not tried yet';
}

/** One row a probe, and one for all of them. */
export function falseAlarmsTable(results: readonly CellResult[], about: About): Publication | undefined {
  const clean = results.filter(({ fault, needed }) => fault === null && needed > 0);
  if (clean.length === 0) return undefined;
  const total = (of: (result: CellResult) => number): number => clean.reduce((sum, result) => sum + of(result), 0);
  return {
    bench: 'false-alarms',
    ...about,
    columns: [
      { key: 'probe', title: 'probe' },
      { key: 'runs', title: 'runs' },
      { key: 'tries', title: 'tries in them' },
      { key: 'found', title: 'runs with a false alarm' },
      { key: 'unanswered', title: 'further runs without an answer' },
      { key: 'bound', title: 'a run raises one, at most (95 %)', unit: '%', digits: 1 },
    ],
    rows: [
      ...clean.map((result) => ({
        probe: code(result.probe),
        ...figures(result.runs, result.tries, result.found, result.unanswered.length),
      })),
      {
        probe: 'all of them',
        ...figures(
          total(({ runs }) => runs),
          total(({ tries }) => tries),
          total(({ found }) => found),
          total(({ unanswered }) => unanswered.length),
        ),
      },
    ],
  };
}

/** The bound holds where nothing was found. */
function figures(runs: number, tries: number, found: number, unanswered: number): Record<string, Figure> {
  return { runs, tries, found, unanswered, bound: runs === 0 || found > 0 ? null : 100 * boundAfter(runs) };
}

function code(text: string): string {
  return `\`${text}\``;
}

/** What is not as it should be, a sentence a line; nothing when all is. */
export function complaints(results: readonly CellResult[], unproved: readonly string[]): string[] {
  return [
    ...unproved.map((fault) => `${fault}: no probe proves this fault.`),
    ...results.flatMap(({ fault, probe, expected, runs, found, unanswered, state }) => {
      const where = fault === null ? 'on the clean sandbox' : `with ${fault} on`;
      if (state === 'broken')
        return [`${probe} ${where} came to no answer ${times(unanswered.length)}: ${unanswered.at(-1)}`];
      if (state !== 'wrong') return [];
      return expected === 'finding'
        ? [`${probe} ${where} found its fault in ${found} of ${runs} runs.`]
        : [`${probe} ${where} found what is not there in ${found} of ${runs} runs.`];
    }),
  ];
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
