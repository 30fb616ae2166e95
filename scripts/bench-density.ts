/** `npm run bench:density`: what an analyst costs in memory and processor time, beside plain Playwright Test and the least there can be. */
import { densityPublication } from '../bench/density.ts';
import { runBench } from '../bench/door.ts';

process.exitCode = await runBench(
  {
    bench: 'density',
    arms: ['muster', 'plain', 'bare'],
    levels: [5, 10, 15, 20, 24],
    repetitions: 3,
    quick: { levels: [5], repetitions: 1 },
    leastEach: 0,
    publication: densityPublication,
  },
  process.argv.slice(2),
);
