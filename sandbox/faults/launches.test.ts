/** Faults of what a launch makes: the project, its name, its run. */
import { launchForm, signIn, startTestServer } from '../http/testing.ts';
import { bothWays } from './testing.ts';

bothWays(
  'duplicate-name=50',
  async (context, faults) => {
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

/** Sends the beginning of a launch as a browser does, name first, and hangs up within the data file. */
async function hangUpWithin(url: string, cookie: string, projectName: string): Promise<void> {
  const boundary = 'half-way';
  const part = (head: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}`;
  const hangUp = new AbortController();
  const body = new ReadableStream({
    start: (controller) => {
      const beginning = [
        part('name="projectName"', `${projectName}\r\n`),
        part('name="config"', '{}\r\n'),
        part('name="dataFile"; filename="study.sav"', '$FL2'.repeat(20_000)),
      ].join('');
      controller.enqueue(new TextEncoder().encode(beginning));
      setTimeout(() => hangUp.abort(), 300);
    },
  });
  const headers = { cookie, 'content-type': `multipart/form-data; boundary=${boundary}` };
  const request = { method: 'POST', headers, body, duplex: 'half', signal: hangUp.signal } as RequestInit;
  await fetch(`${url}/api/projects/launch`, request).then(
    () => {
      throw new Error('The launch was answered before its upload had ended.');
    },
    (error: unknown) => {
      if (!hangUp.signal.aborted) throw error;
    },
  );
}

bothWays(
  'runless-project',
  async (context, faults) => {
    const server = await startTestServer({ faults });
    context.after(() => server.stop());
    const account = server.account('member');
    const launch = async (form: FormData): Promise<number> =>
      (await server.ask(account, 'POST', '/api/projects/launch', form)).status;
    const tooLarge = new File([Buffer.alloc(26 * 1024 * 1024)], 'survey.docx');
    await hangUpWithin(server.url, await signIn(server, account), 'Cut off');
    const refused = await launch(launchForm({ projectName: 'Too large', surveyDocument: tooLarge }));
    const orgId = server.store.people.byEmail(account.email)?.session.orgId ?? '';
    const left = ['Cut off', 'Too large'].filter((name) => server.store.projects.hasName(orgId, name));
    const again = [
      await launch(launchForm({ projectName: 'Cut off' })),
      await launch(launchForm({ projectName: 'Too large' })),
    ];
    return { refused, left, again };
  },
  {
    on: { refused: 413, left: ['Cut off', 'Too large'], again: [409, 409] },
    off: { refused: 413, left: [], again: [200, 200] },
  },
);
