/** The few figures that sum up a run, in words; the same in every view. */
import type { AnalystAccount } from './analysts.ts';
import { countProbes } from './findings.ts';
import { bytes, duration, percent, share, whole } from './format.ts';
import type { Summary } from './summary.ts';

/** A label and the parts of its line, to be joined with middle dots. */
export type Figure = readonly [label: string, parts: readonly string[]];

/** Run, and where analysts worked: journeys, projects, ledger, sockets. Counts that are zero and should be are left out. */
export function figuresOf(summary: Summary, analysts: readonly AnalystAccount[]): Figure[] {
  const { projects, overlap, sockets, ledger } = summary;
  const run: Figure = [
    'Run',
    [
      summary.runId,
      ...(summary.shard === null ? [] : [`shard ${summary.shard}`]),
      summary.target.kind === 'embedded' ? 'the embedded product' : summary.target.baseURL,
      duration(Date.parse(summary.endedAt) - Date.parse(summary.startedAt)),
    ],
  ];
  const probes: Figure[] = summary.probes === undefined ? [] : [['Probes', countProbes(summary.probes)]];
  if (summary.analysts === 0) return [run, ...probes];
  const finished = analysts.filter(({ outcome }) => outcome === 'ok').length;
  return [
    run,
    ['Journeys', [`${finished} of ${summary.analysts} finished`, atOnce(overlap)]],
    [
      'Projects',
      [
        `${projects.launched} launched`,
        `${projects.completed} completed`,
        ...some(projects.failed, 'failed'),
        ...some(projects.cancelled, 'cancelled'),
        ...some(projects.pendingReview, 'left for review'),
        ...some(projects.inProgress, 'in progress'),
        ...some(projects.rateLimited, 'rate-limited'),
        ...(projects.meanDurationMs === null
          ? []
          : [`${duration(projects.meanDurationMs)} from launch to end on average`]),
      ],
    ],
    [
      'Ledger',
      [
        `${ledger.intended} intended`,
        `${ledger.acknowledged} accepted`,
        `${ledger.listed} listed`,
        `${ledger.finished} ended`,
        `${ledger.lost} lost`,
        ...some(ledger.duplicated, 'duplicated'),
        ...some(ledger.leaked ?? 0, 'leaked'),
        ...some(ledger.stuck ?? 0, 'stuck'),
        ...some(ledger.resurrected ?? 0, 'resurrected'),
        ...some(ledger.overwritten ?? 0, 'overwritten'),
        ...some(ledger.orphaned ?? 0, 'orphaned'),
        ...some(ledger.foreignResults ?? 0, 'with a foreign result'),
        `${ledger.deleted} deleted`,
        `${ledger.remaining ?? 'unknown'} remaining`,
        ...goldenPart(ledger.golden),
      ],
    ],
    [
      'Sockets',
      [
        `${sockets.opened} opened`,
        `${sockets.reconnects} reconnected`,
        `${sockets.abnormalCloses} closed abnormally`,
        `${whole(sockets.framesReceived)} frames`,
        bytes(sockets.bytesReceived),
      ],
    ],
    ...probes,
    ...generatorFigure(summary.generator),
    ...baselineFigure(summary.baseline),
    ...(summary.unproved === undefined ? [] : [['Unproved', summary.unproved] as const]),
  ];
}

function baselineFigure(baseline: Summary['baseline']): Figure[] {
  if (baseline === undefined) return [];
  const { runId, compared, unlike, regressions } = baseline;
  const outcome = unlike.length > 0 ? 'unlike this run' : `${regressions.length} of ${compared} metrics worse`;
  return [['Baseline', [runId, outcome]]];
}

/** How hard the generator had to work, as far as the machine tells. */
function generatorFigure(generator: Summary['generator']): Figure[] {
  const { cpuP95, productCpuP95, loopLagP95Ms, driftOver50msShare, invalidSeconds, judgedSeconds, watchedSeconds } =
    generator;
  if (invalidSeconds === null) return [];
  return [
    [
      'Generator',
      [
        `too busy in ${invalidSeconds} of ${judgedSeconds ?? 'unknown'} seconds`,
        ...(cpuP95 === null ? [] : [`CPU ${share(cpuP95)} of all cores`]),
        ...(productCpuP95 === null ? [] : [`product ${share(productCpuP95)}`]),
        ...(loopLagP95Ms === null ? [] : [`event loops ${duration(loopLagP95Ms)} late`]),
        ...(watchedSeconds === undefined ? [] : [`watched live for ${duration(watchedSeconds * 1000)}`]),
        ...(driftOver50msShare === null ? [] : [`${percent(driftOver50msShare)} of timers late`]),
      ],
    ],
  ];
}

/** How many were at work at the same time, and for how long. */
function atOnce({ planned, achieved, shareAtMax }: Summary['overlap']): string {
  const who = achieved < planned ? `at most ${achieved} of ${planned}` : planned === 1 ? 'one' : `all ${planned}`;
  return `${who} at work at once${shareAtMax === null ? '' : ` for ${share(shareAtMax)} of the time`}`;
}

/** How the workbooks that were downloaded compare with those that the same choices give when nobody else works. */
function goldenPart(golden: Summary['ledger']['golden']): string[] {
  if (golden === undefined) return [];
  const { equal, different, none, unrecognised = 0 } = golden;
  const workbooks = (count: number): string => `${count} ${count === 1 ? 'workbook' : 'workbooks'}`;
  return [
    ...(equal === 0 ? [] : [`${workbooks(equal)} equal to those made alone`]),
    ...(different === 0 ? [] : [`${workbooks(different)} unlike those made alone`]),
    ...(none === 0 ? [] : [`${workbooks(none)} with nothing to compare them with`]),
    ...(unrecognised === 0 ? [] : [`${workbooks(unrecognised)} of another layout, not checked`]),
  ];
}

function some(count: number, word: string): string[] {
  return count === 0 ? [] : [`${count} ${word}`];
}
