/** What both doors do: measure, show the table, and publish it when asked to. */
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readArguments, type Defaults } from './arguments.ts';
import type { Plan } from './conditions.ts';
import type { Measurement } from './measurement.ts';
import { publish, publishedTable, type Publication } from './published.ts';
import { measurementsOf, measureSeries, quietShare } from './series.ts';

export interface BenchDoor extends Defaults {
  /** How many measurements of each arm there must be for a table. */
  readonly leastEach: number;
  readonly publication: (measurements: readonly Measurement[], plan: Plan, command: string) => Publication;
}

/** @returns the exit status: 0, 1 when something went wrong, 2 for arguments that cannot be used. */
export async function runBench(door: BenchDoor, argv: readonly string[]): Promise<number> {
  try {
    const { plan, folder, seconds, report, publish: publishing } = readArguments(argv, door);
    const say = (line: string): void => console.log(line);
    const { measurements, missing } = report
      ? { measurements: await measurementsOf(plan, folder), missing: 0 }
      : await measureSeries({ plan, folder, seconds, say });
    const fewest = Math.min(...plan.arms.map((arm) => measurements.filter((each) => each.arm === arm).length));
    if (missing > 0 && fewest < door.leastEach) {
      say(`Too few for a table yet. ${stillMissing(missing)}`);
      return 0;
    }
    const command = `npm run bench:${door.bench}${plan.journey === 'dwell' ? '' : ` -- --journey ${plan.journey}`}`;
    const publication = door.publication(measurements, plan, command);
    say(`\n${publishedTable(publication)}\n`);
    const disturbed = measurements.filter(({ restShare }) => restShare > quietShare).length;
    if (disturbed > 0)
      say(`Other programs disturbed ${disturbed} of ${measurements.length} measurements: see restShare in ${folder}.`);
    if (missing > 0) say(stillMissing(missing));
    if (publishing) {
      publish(publication);
      say('Published: npm run papers puts it into the README.');
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

function stillMissing(missing: number): string {
  return `${missing} ${missing === 1 ? 'measurement is' : 'measurements are'} still missing: the same command takes them.`;
}
