/** `node --import tsx scripts/bench-monitor.ts [RUN] [--rounds 3] [--seconds 20] [--after 60]`: what serving the live monitor costs. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MONITOR_ARMS, measureMonitor, type MonitorRound } from '../bench/monitor.ts';
import { readRecording } from '../bench/replay.ts';
import { percentile, sorted } from '../src/report/statistics/statistics.ts';
import { readSettings } from '../src/run/settings.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    after: { type: 'string', default: '60' },
  },
});
const recording = await readRecording(resolve(readSettings().RESULTS_DIR, positionals[0] ?? 'latest'));
const rounds: MonitorRound[] = [];
// One arm after the other, round by round: what disturbs the machine disturbs both.
for (let round = 0; round < Number(values.rounds); round += 1)
  for (const arm of MONITOR_ARMS)
    rounds.push(
      await measureMonitor(arm, { recording, afterMs: Number(values.after) * 1000, seconds: Number(values.seconds) }),
    );
for (const arm of MONITOR_ARMS) {
  const own = rounds.filter((round) => round.arm === arm);
  const shares = sorted(own.map(({ core }) => core * 100));
  const of = (take: (round: MonitorRound) => number): number => percentile(sorted(own.map(take)), 50);
  console.log(
    `${arm.padEnd(9)}  ${percentile(shares, 50).toFixed(2)} % of a core (${shares.map((each) => each.toFixed(2)).join(', ')})  ` +
      `${of(({ pictures }) => pictures)} pictures of ${(of(({ bytes, pictures }) => bytes / Math.max(1, pictures)) / 1000).toFixed(1)} kB in ${values.seconds} s  ` +
      `${Math.round(of(({ rssBytes }) => rssBytes) / 1e6)} MB`,
  );
}
