/** After the last analyst, whatever happened: nothing of this run stays in the product. A door; the work is in src/run/conclude.ts. */
import { concludeRun } from './src/run/conclude.ts';

export default async function globalTeardown(): Promise<void> {
  await concludeRun();
}
