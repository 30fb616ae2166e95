/** `npm run bench:accuracy`: card paint, INP and arrival as the harness records them, against what the pages' own witnesses saw. */
import { accuracyBench } from '../bench/accuracy-bench.ts';

process.exitCode = await accuracyBench(process.argv.slice(2));
