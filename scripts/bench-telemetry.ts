/** `npm run bench:telemetry`: the same journeys with and without telemetry, in turns: what it costs the browser, the harness and the product. */
import { runBench } from '../bench/door.ts';
import { telemetryPublication } from '../bench/effect.ts';

process.exitCode = await runBench(
  {
    bench: 'telemetry',
    arms: ['muster', 'silent'],
    levels: [6],
    repetitions: 12,
    quick: { levels: [3], repetitions: 2 },
    leastEach: 2,
    publication: telemetryPublication,
  },
  process.argv.slice(2),
);
