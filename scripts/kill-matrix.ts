/** `npm run kill-matrix`: kills small runs in every way at every stage, and looks whether anything of them is left. */
import { killMatrixDoor } from '../e2e/harness/kill-matrix/door.ts';

process.exitCode = await killMatrixDoor(process.argv.slice(2));
