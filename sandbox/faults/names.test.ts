/** Faults of what a launch makes: the project, its name, its run. */
import type { TestContext } from 'node:test';
import { launchForm, startTestServer } from '../http/testing.ts';
import { bothWays } from './testing.ts';

bothWays(
  'duplicate-name=50',
  async (context: TestContext, faults) => {
    const server = await startTestServer({ faults });
    context.after(() => server.stop());
    const launch = async (name: string): Promise<number> =>
      (await server.ask(server.account('member'), 'POST', '/api/projects/launch', launchForm({ projectName: name })))
        .status;
    const together = await Promise.all([launch('Tracker'), launch('tracker'), launch('TRACKER')]);
    return { together: together.sort(), afterwards: await launch('Tracker') };
  },
  { on: { together: [200, 200, 200], afterwards: 409 }, off: { together: [200, 409, 409], afterwards: 409 } },
);
