/** What probes proved and what they left open: the findings of a run, and one line a probe. Pure. */
import type { FindingEvent, MusterEvent, ProbeEvent } from '../telemetry/events.ts';
import { duration } from './format.ts';
import type { Finding, ProbeRow } from './summary.ts';

type Recorded<E> = MusterEvent & E;

/** Findings, the gravest first; each id once, with the record written last. */
export function foldFindings(events: readonly MusterEvent[]): Finding[] {
  const order: readonly string[] = ['critical', 'major', 'minor'];
  return [...lastOfEach(events.filter((event): event is Recorded<FindingEvent> => event.type === 'finding'))]
    .map(({ id, title, severity, hazard, lost, seen, steps, requests, screens, tries, hits, rerun }) => ({
      id,
      title,
      severity,
      evidence: {
        ...(hazard === undefined ? {} : { hazard }),
        lost,
        seen,
        steps,
        requests,
        screens,
        tries,
        hits,
        rerun,
      },
    }))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** One row a probe, in the order of their ids. */
export function foldProbes(events: readonly MusterEvent[]): ProbeRow[] {
  return [...lastOfEach(events.filter((event): event is Recorded<ProbeEvent> => event.type === 'probe'))]
    .map(({ id, title, outcome, why, tries, hits, durationMs }) => ({
      id,
      title,
      outcome,
      ...(why === undefined ? {} : { why }),
      tries,
      hits,
      durationMs,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function lastOfEach<E extends { id: string }>(events: readonly E[]): Iterable<E> {
  return new Map(events.map((event) => [event.id, event])).values();
}

/** A finding as people read it: its title, and lines of a label and what there is to say. */
export interface FindingText {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
  /** Paths of files in the run’s folder; the lines name them, too. */
  readonly pictures: readonly string[];
}

/** The text of a finding that a probe made; of one from elsewhere its title alone. */
export function textOf({ id, title, severity, evidence }: Finding): FindingText {
  const heading = `${title} (${id}, ${severity})`;
  if (!isProbed(evidence)) return { title: heading, lines: [], pictures: [] };
  const { lost, seen, steps, requests, screens, tries, hits, rerun } = evidence;
  const begin = steps[0]?.at ?? 0;
  const since = (at: number): string => `${((at - begin) / 1000).toFixed(1)} s`;
  return {
    title: heading,
    lines: [
      ['Lost', lost],
      ...seen.slice(0, 2).map((sentence) => ['Seen', sentence] as const),
      ['How often', `${hits} of ${tries} ${tries === 1 ? 'try' : 'tries'}`],
      ...steps.map(
        ({ at, analyst, what, durationMs, outcome }) =>
          [
            'Step',
            `${since(at)}  ${analyst}: ${what} (${duration(durationMs)}${outcome === 'ok' ? '' : ', failed'})`,
          ] as const,
      ),
      ...requests.map(
        ({ at, analyst, method, path, status }) =>
          ['Request', `${since(at)}  ${analyst}: ${method} ${path} → ${status === 0 ? 'no answer' : status}`] as const,
      ),
      ...(screens.length === 0 ? [] : [['Pictures', `${screens.join(', ')}, in the run’s folder`] as const]),
      ['Again', rerun],
    ],
    pictures: screens,
  };
}

type Probed = Omit<FindingEvent, 'type' | 'id' | 'title' | 'severity'>;

function isProbed(evidence: unknown): evidence is Probed {
  return typeof evidence === 'object' && evidence !== null && 'rerun' in evidence && 'steps' in evidence;
}

/** `6 clean`, `1 with a finding`, …; what is zero is left out. */
export function countProbes(probes: readonly ProbeRow[]): string[] {
  const words = {
    clean: 'clean',
    finding: 'with a finding',
    broken: 'came to no answer',
    'not-run': 'not run',
  } as const;
  return Object.entries(words).flatMap(([outcome, word]) => {
    const count = probes.filter((probe) => probe.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
}
