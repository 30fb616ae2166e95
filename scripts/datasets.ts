import { datasetsCommand } from '../datasets/command.ts';
import { readSettings } from '../src/run/settings.ts';
import { storeOf } from '../src/run/store-settings.ts';
import { canMove } from '../src/run/terminal.ts';

/** Whether a line that changes stands at the cursor. */
let shown = false;
const { stdout } = process;
const voice = {
  say(line: string): void {
    stdout.write(`${shown ? '\n' : ''}${line}\n`);
    shown = false;
  },
  ...(canMove(stdout)
    ? {
        show(line: string): void {
          stdout.write(`\r\u001b[K${line}`);
          shown = true;
        },
      }
    : {}),
};

try {
  await datasetsCommand(process.argv.slice(2), voice, () => storeOf(readSettings()));
} catch (error) {
  process.stderr.write(`${shown ? '\n' : ''}${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
