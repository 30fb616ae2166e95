/** `npm run detection`: which finding each fault of the sandbox yields, and how often probes find something where nothing is. */
import { detectionDoor } from '../detection/door.ts';

process.exitCode = await detectionDoor(process.argv.slice(2));
