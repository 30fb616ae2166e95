/**
 * A process: the product that is measured against. `--lively` puts 24 cards on each organisation's dashboard, of which one
 * changes each half second. The sandbox rather than a page made for the purpose, because the harness reads its frames and
 * cards and would have nothing to do on another. Ends when whoever started it closes its standard input.
 */
import { parseArgs } from 'node:util';
import { projectConfigSchema } from '../sandbox/contract.ts';
import { watchParent } from '../sandbox/parent.ts';
import { startSandbox } from '../sandbox/start.ts';
import { newId } from '../sandbox/store/ids.ts';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

const cards = 24;
const changeEveryMs = 500;

const { values } = parseArgs({ options: { lively: { type: 'boolean', default: false }, log: { type: 'string' } } });
const sandbox = await startSandbox({
  accounts: 80,
  limits: 'none',
  parent: 'none',
  ...(values.log === undefined ? {} : { log: values.log }),
});
const stopChanging = values.lively ? keepChanging(sandbox) : () => undefined;

const end = (): void => {
  stopChanging();
  sandbox.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
};
process.once('SIGTERM', end);
watchParent('watch', end);
process.stdout.write(`Target ready at ${sandbox.url} · accounts ${sandbox.accountsFile}\n`);

/** @returns a function that ends the changes. */
function keepChanging({ store, accounts }: Sandbox): () => void {
  const sessions = accounts
    .filter(({ role }) => role === 'admin')
    .flatMap(({ email }) => store.people.byEmail(email)?.session ?? []);
  const oneEach = new Map(sessions.map((session) => [session.orgId, session]));
  const dashboards = [...oneEach.values()].map((session) =>
    Array.from({ length: cards }, (_, place) => {
      const name = `Tracker ${String(place + 1).padStart(2, '0')}`;
      const config = projectConfigSchema.parse({});
      const created = store.projects.create({ projectId: newId(), name, config, files: [], session });
      if (created === 'name-taken') throw new Error(`There is a project "${name}" already: the target begins empty.`);
      return created.run._id;
    }),
  );
  let changes = 0;
  const timer = setInterval(() => {
    const place = changes % cards;
    for (const runs of dashboards) {
      const run = store.runs.get(runs[place] ?? '');
      if (run)
        store.runs.transition(run._id, [run.status], {
          status: run.status === 'in_progress' ? 'pending_review' : 'in_progress',
        });
    }
    changes += 1;
  }, changeEveryMs);
  return () => clearInterval(timer);
}
