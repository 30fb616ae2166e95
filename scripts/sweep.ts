/** `npm run sweep`: deletes what killed runs left behind in the product. `-- --help` tells how. */
import { sweepDoor } from '../src/run/sweep/door.ts';

process.exitCode = await sweepDoor(process.argv.slice(2));
