/** `npm run bench:report`: time and memory to fold and render runs of ten thousand, a hundred thousand and a million events. */
import { reportBench } from '../bench/report-bench.ts';

process.exitCode = await reportBench(process.argv.slice(2));
