/** `npm run setup`: makes the checkout ready to run. */
import { SetupError, setUp } from './lib/setup.mjs';

try {
  await setUp();
  console.log('Set-up: ready');
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
