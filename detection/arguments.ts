/** What `npm run detection` is told on the command line. */
import path from 'node:path';
import { flag, parseOptions, text, texts, unlimitedSeconds, wholeNumber } from '../bench/options.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { concernedBy, type Catalogue, type Selection } from './plan.ts';

export interface DetectionArguments extends Selection {
  /** After so many seconds no further invocation is begun. */
  readonly seconds: number;
  /** Where runs are gathered; those that are there already are not done again. Absent: nothing is kept. */
  readonly folder: string | undefined;
  /** Only what was run before is shown. */
  readonly report: boolean;
  /** The tables go to the README's figures. */
  readonly publish: boolean;
}

const usage =
  'Usage: npm run detection [-- --quick] [--fault ID]… [--probe ID]… [--each 1] [--clean 20] [--seconds N] [--folder DIR] [--report] [--publish]';

/** Two faults that come near each other, whose probes take seconds. */
const quickFaults = ['tenant-leak', 'org-cache'];

const options = {
  fault: texts,
  probe: texts,
  each: text,
  clean: text,
  seconds: text,
  folder: text,
  quick: flag,
  report: flag,
  publish: flag,
};

/** Without choice everything; a fault alone means its row alone. @throws ConfigurationError for what cannot be understood. */
export function readArguments(
  argv: readonly string[],
  catalogue: Catalogue,
  allFaults: readonly string[],
): DetectionArguments {
  const given = parseOptions(argv, options, usage);
  const { quick, report, publish } = given;
  const chosen = given.fault !== undefined || given.probe !== undefined;
  if (quick && (chosen || report || publish || given.folder !== undefined))
    throw new ConfigurationError(`--quick chooses for itself and keeps nothing.\n${usage}`);
  if (publish && chosen) throw new ConfigurationError('--publish takes the whole: leave --fault and --probe out.');
  const faults = quick ? quickFaults : known('fault', given.fault, allFaults);
  const probes = quick ? quickFaults : known('probe', given.probe, Object.keys(catalogue));
  const rowOnly = given.fault !== undefined && given.probe === undefined;
  return {
    faults,
    probes: rowOnly ? concernedBy(catalogue, faults) : probes,
    each: wholeNumber('each', given.each ?? '1', usage),
    clean: wholeNumber('clean', given.clean ?? (quick ? '1' : rowOnly ? '0' : '20'), usage, 0),
    seconds: given.seconds === undefined ? unlimitedSeconds : wholeNumber('seconds', given.seconds, usage),
    folder: quick ? undefined : path.resolve(given.folder ?? path.join('results', 'detection')),
    report,
    publish,
  };
}

function known(option: string, given: readonly string[] | undefined, all: readonly string[]): readonly string[] {
  const unknown = given?.find((id) => !all.includes(id));
  if (unknown !== undefined)
    throw new ConfigurationError(`--${option} ${unknown} is not known: there are ${all.join(', ')}.`);
  return given ?? all;
}
