/** What `npm run sweep` does. */
import { ConfigurationError } from '../configuration-error.ts';
import { readSettings } from '../settings.ts';
import { readSweepArguments, sweepUsage } from './arguments.ts';
import { sweepLeftovers } from './sweep.ts';

/** @returns the exit status: 0 when nothing is left, 1 when something is or may be, 2 for wrong usage or settings. */
export async function sweepDoor(argv: readonly string[]): Promise<number> {
  try {
    const options = readSweepArguments(argv);
    if (options.help) {
      console.log(sweepUsage);
      return 0;
    }
    let said = false;
    const clean = await sweepLeftovers(readSettings(), options, (line) => {
      said = true;
      console.log(line);
    });
    if (!said) console.log('Nothing of runs that have ended is left.');
    return clean ? 0 : 1;
  } catch (error) {
    console.error(error instanceof ConfigurationError ? error.message : error);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}
