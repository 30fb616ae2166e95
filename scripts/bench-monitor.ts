/** `npm run bench:monitor [-- RUN] [--rounds 3] [--seconds 15] [--after 60]`: what serving the live monitor costs. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MONITOR_ARMS, measureMonitor, type MonitorRound } from '../bench/monitor.ts';
import { text, wholeNumber } from '../bench/options.ts';
import { readRecording } from '../bench/replay.ts';
import { percentile, sorted } from '../src/report/statistics/statistics.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readSettings } from '../src/run/settings.ts';

const USAGE =
  'Usage: npm run bench:monitor [-- RUN] [--rounds 3] [--seconds 15] [--after 60]   RUN is a run in the results folder, the last one without; --after: where in it the measurement begins, in seconds.';

async function measure(): Promise<MonitorRound[]> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: text, seconds: text, after: text },
  });
  const whole = (option: 'rounds' | 'seconds' | 'after', otherwise: string): number =>
    wholeNumber(option, values[option] ?? otherwise, USAGE);
  const [count, seconds, after] = [whole('rounds', '3'), whole('seconds', '15'), whole('after', '60')];
  const folder = resolve(readSettings().RESULTS_DIR, positionals[0] ?? 'latest');
  const recording = await readRecording(folder).catch((cause: unknown) => {
    throw new ConfigurationError(`${folder} is no recorded run.\n${USAGE}`, { cause });
  });
  const rounds: MonitorRound[] = [];
  // One arm after the other, round by round: what disturbs the machine disturbs both.
  for (let round = 0; round < count; round += 1)
    for (const arm of MONITOR_ARMS)
      rounds.push(await measureMonitor(arm, { recording, afterMs: after * 1000, seconds }));
  return rounds;
}

function show(rounds: readonly MonitorRound[]): void {
  for (const arm of MONITOR_ARMS) {
    const own = rounds.filter((round) => round.arm === arm);
    const median = (take: (round: MonitorRound) => number): number => percentile(sorted(own.map(take)), 50);
    const shares = own.map(({ core }) => (core * 100).toFixed(2)).join(', ');
    const size = median(({ bytes, pictures }) => bytes / Math.max(1, pictures)) / 1000;
    console.log(
      `${arm.padEnd(9)}  ${(median(({ core }) => core) * 100).toFixed(2)} % of a core (${shares})` +
        `  ${median(({ pictures }) => pictures)} pictures of ${size.toFixed(1)} kB` +
        `  ${Math.round(median(({ rssBytes }) => rssBytes) / 1e6)} MB`,
    );
  }
}

try {
  show(await measure());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
}
