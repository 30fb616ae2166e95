/** `npm run bench:verdict`: how often a comparison of two runs raises a false alarm, and how often it finds a product that was slowed. */
import { verdictBench } from '../bench/verdict-bench.ts';

process.exitCode = await verdictBench(process.argv.slice(2));
