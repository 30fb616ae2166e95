/** Whether an invocation asks for the product's own load test. It costs nobody anything who does not: the configuration loads this. */
import { handOn, received } from './settings.ts';

/** Whether the arguments name the load test; a run that selects nothing has none. */
export function namesLoadTest(args: readonly string[]): boolean {
  return args.some((arg) => arg.includes('load-test'));
}

/** As the first process was asked, whose arguments are the user's, and handed on to the workers. */
export function isLoadTestAsked(): boolean {
  if (received('loadTest') === undefined) handOn('loadTest', namesLoadTest(process.argv.slice(2)) ? 'yes' : 'no');
  return received('loadTest') === 'yes';
}
